// Reads a script with Neo4j's own parser and prints the nodes and relationships that it makes as JSON: cypher.js FILE [lint]
const fs = require("fs");
const { getDebugTree, lintCypherQuery } = require("@neo4j-cypher/language-support");

const text = fs.readFileSync(process.argv[2], "utf8"), wrong = [], nodes = {}, arcs = [];
const lines = text.split("\n").filter(l => l !== "" && !l.startsWith("//"));
const leaves = (n, out) => { if (n.children.length) n.children.forEach(c => leaves(c, out)); else out.push(n.name); return out; };
const unescape = s => s.slice(1, -1).replace(/\\(.)/gs, (_, c) => ({ n: "\n", r: "\r", t: "\t" })[c] ?? c);

// The words of a statement; strings that are added up are one.
function words(line) {
  const out = [];
  const [statement, after, ...more] = getDebugTree(line).children; // after the semicolon comes nothing
  if (!line.endsWith(";") || after?.children.length || more.length) wrong.push("not one statement    " + line);
  for (const w of leaves(statement, []).filter(w => !["<EOF>", "", "namespace"].includes(w))) { // the last is a rule that is empty
    const word = w[0] === "'" ? { text: unescape(w) } : w;
    if (word.text !== undefined && out.at(-1) === "+" && out.at(-2).text !== undefined) {
      out.pop();
      out.push({ text: out.pop().text + word.text });
    } else out.push(word);
  }
  return out;
}

const value = "(?:S|[0-9.]+|date \\( S \\)|\\[ S(?: , S)* \\])";
const sets = v => `(?: SET ${v} (?:: \`\\w+\`|\\. \\w+ = ${value})(?: , ${v} (?:: \`\\w+\`|\\. \\w+ = ${value}))*)?`;
const shapes = {
  index: /^CREATE INDEX newsgraph_id IF NOT EXISTS FOR \( n : Newsgraph \) ON \( n \. id \)$/,
  node: RegExp("^MERGE \\( n : Newsgraph { id : S } \\)" + sets("n") + "$"),
  arc: RegExp("^MATCH \\( a : Newsgraph { id : S } \\) MATCH \\( b : Newsgraph { id : S } \\) " +
    "MERGE \\( a \\) - \\[ r : `\\w+` { (\\w+ : (?:S|\\d+))(?: , (\\w+ : \\d+))* } \\] - > \\( b \\)" + sets("r") + "$"),
};

function properties(list, variable) {
  const found = { labels: [] };
  for (let i = 0; i < list.length; i++) {
    if (list[i] !== variable) continue;
    if (list[i + 1] === ":") found.labels.push(list[i + 2].slice(1, -1));
    if (list[i + 1] !== "." || list[i + 3] !== "=") continue;
    const v = list[i + 4];
    if (v === "[") found[list[i + 2]] = list.slice(i + 5, list.indexOf("]", i)).filter(w => w.text !== undefined).map(w => w.text);
    else found[list[i + 2]] = v === "date" ? list[i + 6].text : v.text ?? Number(v);
  }
  return found;
}

for (const line of lines) {
  const list = words(line), shape = list.map(w => (w.text !== undefined ? "S" : w)).join(" ").replace(/->/g, "- >").replace(/ - - >/g, " - >");
  const kind = Object.keys(shapes).find(k => shapes[k].test(shape));
  const ids = list.filter(w => w.text !== undefined).map(w => w.text);
  if (!kind) wrong.push(shape + "    " + line);
  else if (kind === "node") nodes[ids[0]] = properties(list.slice(11), "n");
  else if (kind === "arc") {
    const set = list.indexOf("SET");
    arcs.push({ from: ids[0], to: ids[1], kind: list[list.indexOf("r") + 2].slice(1, -1), ...(set < 0 ? {} : properties(list.slice(set), "r")) });
  }
}
if (process.argv[3] === "lint") // one statement of each shape: it is slow
  for (const line of new Map(lines.map(l => [l.replace(/'(\\.|[^'\\])*'/g, "S").replace(/ SET .*/, ""), l])).values())
    for (const d of lintCypherQuery(line, {}).diagnostics) wrong.push(d.message + "    " + line);
console.log(JSON.stringify({ wrong, nodes, arcs, lines: lines.length }));
