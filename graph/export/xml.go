package export

import (
	"bufio"
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
)

// xmlWriter writes XML as it comes. It keeps its first error.
type xmlWriter struct {
	w   *bufio.Writer
	err error
}

// line writes a line of markup. Its arguments are texts: they are escaped.
func (x *xmlWriter) line(format string, texts ...string) {
	args := make([]any, len(texts))
	for i, t := range texts {
		args[i] = xmlText(t)
	}
	if x.err == nil {
		_, x.err = fmt.Fprintf(x.w, format+"\n", args...)
	}
}

// end flushes what was written.
func (x *xmlWriter) end() error {
	if x.err != nil {
		return x.err
	}
	return x.w.Flush()
}

// xmlText escapes a text for content and for attributes in double quotes.
func xmlText(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(plain(s))) // memory takes it
	return b.String()
}

// writeGEXF writes the network as GEXF 1.3: dynamic, each edge with the days of its claims as spells. What has no date is
// there at all times.
func writeGEXF(ctx context.Context, s *selection, w io.Writer) error {
	if err := s.survey(ctx); err != nil {
		return err
	}
	x := &xmlWriter{w: bufio.NewWriter(w)}
	x.line(`<?xml version="1.0" encoding="UTF-8"?>`)
	x.line(`<gexf xmlns="http://gexf.net/1.3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ` +
		`xsi:schemaLocation="http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd" version="1.3">`)
	x.line(`  <meta><creator>newsgraph</creator><description>Who does what to whom, as articles tell it</description></meta>`)
	x.line(`  <graph defaultedgetype="directed" idtype="string" mode="dynamic" timeformat="date" timerepresentation="interval">`)
	x.gexfFields("node", nodeFields())
	x.gexfFields("edge", tieFields())
	x.line(`    <nodes>`)
	for n, err := range s.nodes(ctx) {
		if err != nil {
			return err
		}
		x.line(`      <node id="%s" label="%s">`, n.id, n.label)
		x.gexfValues(nodeFields(), n.values)
		x.line(`      </node>`)
	}
	x.line(`    </nodes>`)
	x.line(`    <edges>`)
	if err := s.ties(ctx, x.gexfTie); err != nil {
		return err
	}
	x.line(`    </edges>`)
	x.line(`  </graph>`)
	x.line(`</gexf>`)
	return x.end()
}

func (x *xmlWriter) gexfFields(class string, fields []field) {
	x.line(`    <attributes class="%s" mode="static">`, class)
	for _, f := range fields {
		x.line(`      <attribute id="%s" title="%s" type="%s"/>`, f.name, f.name, f.kind)
	}
	x.line(`    </attributes>`)
}

func (x *xmlWriter) gexfValues(fields []field, values []string) {
	x.line(`        <attvalues>`)
	for i, v := range values {
		if v != "" {
			x.line(`          <attvalue for="%s" value="%s"/>`, fields[i].name, v)
		}
	}
	x.line(`        </attvalues>`)
}

func (x *xmlWriter) gexfTie(t *tie) error {
	x.line(`      <edge id="%s" source="%s" target="%s" label="%s" kind="%s" weight="%s">`,
		t.id, t.from, t.to, t.label, t.label, fmt.Sprint(t.weight))
	x.gexfValues(tieFields(), t.values)
	if len(t.spells) > 0 {
		x.line(`        <spells>`)
		for _, p := range t.spells {
			x.line(`          <spell` + attribute("start", p.first) + attribute("end", p.last) + `/>`)
		}
		x.line(`        </spells>`)
	}
	x.line(`      </edge>`)
	return x.err
}

// attribute is an attribute whose value is a date of ours, or nothing when it is empty.
func attribute(name, date string) string {
	if date == "" {
		return ""
	}
	return " " + name + `="` + date + `"`
}

// writeGraphML writes the network as GraphML with typed keys.
func writeGraphML(ctx context.Context, s *selection, w io.Writer) error {
	if err := s.survey(ctx); err != nil {
		return err
	}
	x := &xmlWriter{w: bufio.NewWriter(w)}
	x.line(`<?xml version="1.0" encoding="UTF-8"?>`)
	x.line(`<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ` +
		`xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">`)
	nodes := append([]field{{"label", textField}}, nodeFields()...)
	edges := append([]field{{"label", textField}, {"weight", ratioField}, {"start", textField}, {"end", textField}}, tieFields()...)
	x.graphMLKeys("node", nodes)
	x.graphMLKeys("edge", edges)
	x.line(`  <graph id="newsgraph" edgedefault="directed">`)
	for n, err := range s.nodes(ctx) {
		if err != nil {
			return err
		}
		x.line(`    <node id="%s">`, n.id)
		x.graphMLValues("node", nodes, append([]string{n.label}, n.values...))
		x.line(`    </node>`)
	}
	err := s.ties(ctx, func(t *tie) error {
		x.line(`    <edge id="%s" source="%s" target="%s">`, t.id, t.from, t.to)
		first, last := reach(t.spells)
		x.graphMLValues("edge", edges, append([]string{t.label, fmt.Sprint(t.weight), first, last}, t.values...))
		x.line(`    </edge>`)
		return x.err
	})
	if err != nil {
		return err
	}
	x.line(`  </graph>`)
	x.line(`</graphml>`)
	return x.end()
}

// reach returns the first and the last day of spells; an end that is open is empty.
func reach(spells []spell) (first, last string) {
	for i, p := range spells {
		if i == 0 || p.first < first {
			first = p.first
		}
		if i == 0 || p.last == "" || last != "" && p.last > last {
			last = p.last
		}
	}
	return first, last
}

func (x *xmlWriter) graphMLKeys(class string, fields []field) {
	for _, f := range fields {
		kind := f.kind
		if kind == countField {
			kind = "int"
		}
		x.line(`  <key id="%s_%s" for="%s" attr.name="%s" attr.type="%s"/>`, class, f.name, class, f.name, kind)
	}
}

func (x *xmlWriter) graphMLValues(class string, fields []field, values []string) {
	for i, v := range values {
		if v != "" {
			x.line(`      <data key="%s_%s">%s</data>`, class, fields[i].name, v)
		}
	}
}
