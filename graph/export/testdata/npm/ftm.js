// Checks a stream of FollowTheMoney entities against the model (v4) and prints what it holds as JSON: ftm.js FILE
const fs = require("fs");
const { Model } = require("@opensanctions/followthemoney");
const config = JSON.parse(fs.readFileSync(require.resolve("@opensanctions/followthemoney").replace(/followthemoney(\.umd|\.es)?\.js$|index\.js$/, "") + "defaultModel.json"));
const model = new Model(config);

const wrong = [], schemata = {}, entities = new Map();
const lines = fs.readFileSync(process.argv[2], "utf8").split("\n").filter(l => l !== "");
for (const line of lines) {
  const raw = JSON.parse(line);
  const bad = msg => wrong.push(`${raw.schema} ${raw.id}: ${msg}`);
  if (Object.keys(raw).join() !== "id,schema,properties") bad("keys " + Object.keys(raw));
  if (!/^[0-9a-zA-Z]([0-9a-zA-Z.-]*[0-9a-zA-Z])?$/.test(raw.id) || raw.id.length > 200) bad("no ID of FollowTheMoney");
  if (entities.has(raw.id)) bad("is there twice");
  const entity = model.getEntity(raw); // throws where schema or property are unknown
  if (config.schemata[raw.schema].abstract) bad("the schema is abstract");
  for (const name of config.schemata[raw.schema].required || [])
    if (!(raw.properties[name] || []).length) bad(`no ${name}`);
  for (const [name, values] of Object.entries(raw.properties)) {
    const property = entity.schema.getProperty(name), type = property.type.name;
    const known = config.types[type].values;
    if (property.stub) bad(`${name} is the other end of a property`);
    if (!Array.isArray(values) || values.length === 0) bad(`${name} is no list of values`);
    for (const v of values) {
      if (typeof v !== "string" || v.trim() !== v || v === "") bad(`${name}: ${JSON.stringify(v)}`);
      if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(v)) bad(`${name} has a control character`);
      if (type === "date" && !/^\d{4}(-[01]\d(-[0-3]\d)?)?$/.test(v)) bad(`${name}: no date: ${v}`);
      if (type === "url" && !/^https?:\/\//.test(v)) bad(`${name}: no address: ${v}`);
      if (type === "number" && Number.isNaN(Number(v))) bad(`${name}: no number: ${v}`);
      if (known && !(v in known)) bad(`${name}: unknown ${type} ${v}`);
      if (type === "entity") {
        const target = entities.get(v), range = property.range && (property.range.name || property.range);
        if (!target) bad(`${name}: ${v} did not come before`);
        else if (range && !target.schema.isA(range)) bad(`${name}: ${v} is a ${target.schema.name}, not a ${range}`);
      }
    }
  }
  entities.set(raw.id, entity);
  schemata[raw.schema] = (schemata[raw.schema] || 0) + 1;
}
const edges = [];
for (const e of entities.values()) {
  const edge = config.schemata[e.schema.name].edge;
  if (edge) edges.push([e.schema.name, e.getProperty(edge.source), e.getProperty(edge.target)]
    .map(x => Array.isArray(x) ? entities.get(typeof x[0] === "string" ? x[0] : (x[0] || {}).id)?.getCaption?.() : x));
}
const types = {};
for (const s of Object.values(config.schemata)) for (const [name, p] of Object.entries(s.properties)) (types[name] ||= []).push(p.type);
console.log(JSON.stringify({ wrong, schemata, edges, types }));
