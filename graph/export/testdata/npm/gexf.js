// Reads GEXF with graphology, the reader of Sigma and Gephi Lite, and prints nodes and edges as JSON: gexf.js FILE
const fs = require("fs");
const { MultiDirectedGraph } = require("graphology");
const { parse } = require("graphology-gexf");

const g = parse(MultiDirectedGraph, fs.readFileSync(process.argv[2], "utf8"), { respectInputGraphType: true });
const nodes = g.mapNodes((id, data) => ({ ...data, id })), edges = g.mapEdges((id, data, source, target) => ({ ...data, id, source, target }));
console.log(JSON.stringify({ nodes, edges }));
