// Loads RDF of the media type given from standard input into a store, and writes what was read as N-Quads: as it was parsed,
// since the store writes numbers in its own way.
const fs = require("fs");
const { Store, parse } = require("oxigraph");

const text = fs.readFileSync(0, "utf8");
const format = process.argv[2];
new Store().load(text, { format });
fs.writeFileSync(1, parse(text, { format }).map((quad) => quad.toString() + " .\n").join(""));
