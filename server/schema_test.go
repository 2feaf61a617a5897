package server_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"mime"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// description is openapi.yaml, read to check answers against it. It knows the part of OpenAPI 3.1 and of JSON Schema that
// the file uses, and refuses what it does not know, so nothing in the file goes unchecked.
type description struct {
	root map[string]any
}

func readDescription(t *testing.T) *description {
	t.Helper()
	text, err := os.ReadFile("openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	d := &description{}
	if err := yaml.Unmarshal(text, &d.root); err != nil {
		t.Fatal(err)
	}
	return d
}

// ref follows a reference.
func (d *description) ref(node map[string]any) map[string]any {
	for node["$ref"] != nil {
		at := any(d.root)
		for step := range strings.SplitSeq(strings.TrimPrefix(node["$ref"].(string), "#/"), "/") {
			at = at.(map[string]any)[step]
		}
		node = at.(map[string]any)
	}
	return node
}

// operation is what the file says of a call; nil when it says nothing.
func (d *description) operation(pattern string) map[string]any {
	method, path, _ := strings.Cut(pattern, " ")
	methods, _ := d.root["paths"].(map[string]any)[path].(map[string]any)
	op, _ := methods[strings.ToLower(method)].(map[string]any)
	return op
}

// response checks an answer to a call.
func (d *description) response(pattern string, res *http.Response, body string) error {
	op := d.operation(pattern)
	if op == nil {
		return fmt.Errorf("it is not described")
	}
	responses := op["responses"].(map[string]any)
	r, ok := responses[fmt.Sprint(res.StatusCode)].(map[string]any)
	if !ok {
		if r, ok = responses["default"].(map[string]any); !ok || res.StatusCode < 400 {
			return fmt.Errorf("status %d is not described", res.StatusCode)
		}
	}
	content, _ := d.ref(r)["content"].(map[string]any)
	if content == nil {
		if body != "" {
			return fmt.Errorf("a body where none is described: %s", body)
		}
		return nil
	}
	kind, _, err := mime.ParseMediaType(res.Header.Get("Content-Type"))
	if err != nil {
		return err
	}
	c, ok := content[kind].(map[string]any)
	if !ok {
		if c, ok = content["*/*"].(map[string]any); !ok {
			return fmt.Errorf("the media type %s is not described", kind)
		}
	}
	if kind != "application/json" {
		return nil
	}
	var v any
	if err := json.Unmarshal([]byte(body), &v); err != nil {
		return err
	}
	return d.check("", c["schema"].(map[string]any), v)
}

// check checks a value against a schema.
func (d *description) check(at string, s map[string]any, v any) error {
	s = d.ref(s)
	for _, key := range slices.Sorted(maps.Keys(s)) {
		var err error
		switch key {
		case "description", "default", "format", "contentMediaType", "explode", "required", "additionalProperties":
		case "type":
			err = checkType(s["type"].(string), v)
		case "enum":
			if !slices.Contains(s["enum"].([]any), v) {
				err = fmt.Errorf("%v is none of %v", v, s["enum"])
			}
		case "minimum", "maximum":
			err = checkBound(key, number(s[key]), v)
		case "maxLength":
			if text, ok := v.(string); ok && float64(utf8.RuneCountInString(text)) > number(s[key]) {
				err = fmt.Errorf("longer than %v", s[key])
			}
		case "minItems", "maxItems":
			if list, ok := v.([]any); ok {
				err = checkBound(map[string]string{"minItems": "minimum", "maxItems": "maximum"}[key], number(s[key]), float64(len(list)))
			}
		case "items":
			if err := d.checkItems(at, s["items"].(map[string]any), v); err != nil {
				return err
			}
		case "properties":
			if err := d.checkProperties(at, s, v); err != nil {
				return err
			}
		default:
			err = fmt.Errorf("the description uses %q, which this check does not know", key)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", at, err)
		}
	}
	return d.checkMembers(at, s, v)
}

func number(v any) float64 {
	switch n := v.(type) {
	case int:
		return float64(n)
	case float64:
		return n
	}
	return 0
}

func checkBound(key string, bound float64, v any) error {
	n, ok := v.(float64)
	if ok && (key == "minimum" && n < bound || key == "maximum" && n > bound) {
		return fmt.Errorf("%v is beyond the %s %v", n, key, bound)
	}
	return nil
}

func checkType(want string, v any) error {
	got := map[bool]string{true: "null"}[v == nil]
	switch v := v.(type) {
	case string:
		got = "string"
	case bool:
		got = "boolean"
	case []any:
		got = "array"
	case map[string]any:
		got = "object"
	case float64:
		got = "number"
		if want == "integer" && v == float64(int64(v)) {
			got = "integer"
		}
	}
	if got != want {
		return fmt.Errorf("it is %s, not %s", got, want)
	}
	return nil
}

func (d *description) checkItems(at string, s map[string]any, v any) error {
	list, _ := v.([]any)
	for i, item := range list {
		if err := d.check(fmt.Sprintf("%s/%d", at, i), s, item); err != nil {
			return err
		}
	}
	return nil
}

func (d *description) checkProperties(at string, s map[string]any, v any) error {
	object, _ := v.(map[string]any)
	for name, property := range s["properties"].(map[string]any) {
		if value, ok := object[name]; ok {
			if err := d.check(at+"/"+name, property.(map[string]any), value); err != nil {
				return err
			}
		}
	}
	return nil
}

// checkMembers checks which members an object has.
func (d *description) checkMembers(at string, s map[string]any, v any) error {
	object, ok := v.(map[string]any)
	if !ok {
		return nil
	}
	if required, ok := s["required"].([]any); ok {
		for _, name := range required {
			if _, ok := object[name.(string)]; !ok {
				return fmt.Errorf("%s: %s is missing", at, name)
			}
		}
	}
	properties, _ := s["properties"].(map[string]any)
	for name, value := range object {
		if _, ok := properties[name]; ok {
			continue
		}
		switch more := s["additionalProperties"].(type) {
		case bool:
			if !more {
				return fmt.Errorf("%s: %s is not described", at, name)
			}
		case map[string]any:
			if err := d.check(at+"/"+name, more, value); err != nil {
				return err
			}
		}
	}
	return nil
}

// parameters checks the query of an address: every parameter is described and has a value that fits.
func (d *description) parameters(pattern string, r *http.Request) error {
	known := map[string]map[string]any{}
	list, _ := d.operation(pattern)["parameters"].([]any)
	for _, p := range list {
		parameter := d.ref(p.(map[string]any))
		known[parameter["name"].(string)] = parameter
	}
	for name, values := range r.URL.Query() {
		p, ok := known[name]
		if !ok {
			return fmt.Errorf("the parameter %s is not described", name)
		}
		s := d.ref(p["schema"].(map[string]any))
		if s["type"] != "array" && len(values) > 1 {
			return fmt.Errorf("the parameter %s is no list", name)
		}
	}
	for name, p := range known {
		if p["required"] == true && p["in"] == "query" && !r.URL.Query().Has(name) {
			return fmt.Errorf("the parameter %s is missing", name)
		}
	}
	return nil
}
