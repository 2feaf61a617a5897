// The objects that a query sees. They stand before Cayley's own, check what they are given (which Cayley's
// do not: an undefined argument there ends the process), and mark each bare string with the place that it
// stands in, so that names.go can resolve it: "\u0000p" and a predicate, "\u0000n" and a node, "\u0000o", a
// predicate, "\u0000" and an object of it. query.go calls the function with the text of the query, and it
// returns the value of the last statement as plain data. ECMAScript 5.
(function (global, query) {
	var G = graph, IRI = iri, make = {bnode: bnode, raw: raw, str: str, lang: lang, typed: typed};
	var compare = {lt: lt, lte: lte, gt: gt, gte: gte, regex: regex, like: like};

	function Value(v) { this.value = v; }
	function Filter(f) { this.filter = f; }
	function Path(p) { this.path = p; }

	function fail(message) { throw new TypeError(message); }
	function isArray(x) { return Object.prototype.toString.call(x) === "[object Array]"; }
	function inSyntax(s) { return s.charAt(0) === "<" || s.charAt(0) === "\"" || s.substr(0, 2) === "_:"; }
	function flat(args) {
		var out = [];
		for (var i = 0; i < args.length; i++) {
			if (isArray(args[i])) { out = out.concat(flat(args[i])); } else { out.push(args[i]); }
		}
		return out;
	}
	function marked(mark, x) {
		if (x === "") { fail("a name is wanted here, not an empty string"); }
		if (typeof x === "string") { return inSyntax(x) ? x : IRI("\u0000" + mark + x); }
		if (typeof x === "number" || typeof x === "boolean" || x instanceof Date) { return x; }
		if (x instanceof Value) { return x.value; }
		fail("a name, a number or a value is wanted here, not " + typeof x);
	}
	function node(x) { return marked("n", x); }
	function predicate(x) {
		if (x === null || x === undefined) { return null; }
		if (x instanceof Path) { return x.path; }
		return marked("p", x);
	}
	function predicates(x) {
		if (!isArray(x)) { return predicate(x); }
		if (x.length === 0) { fail("a predicate is wanted here, not an empty list"); }
		var out = [];
		for (var i = 0; i < x.length; i++) {
			out.push(x[i] === null || x[i] === undefined ? fail("a predicate is wanted here, not " + x[i]) : predicate(x[i]));
		}
		return out;
	}
	function text(x) { return typeof x === "string" ? x : fail("a string is wanted for a tag, not " + typeof x); }
	function tags(args) {
		var out = flat(args);
		for (var i = 0; i < out.length; i++) { text(out[i]); }
		return out;
	}
	function rest(args, from) { return Array.prototype.slice.call(args, from); }
	function number(x) { return typeof x === "number" ? x : fail("a number is wanted here, not " + typeof x); }
	function path(x) { return x instanceof Path ? x.path : fail("a path is wanted here, not " + typeof x); }
	function callback(x) { return typeof x === "function" ? x : fail("a function is wanted here, not " + typeof x); }
	function map(args, f) {
		var all = flat(args), out = [];
		for (var i = 0; i < all.length; i++) { out.push(f(all[i])); }
		return out;
	}
	// data copies what JSON can hold; Go would follow a circle for ever.
	function data(x, depth) {
		if (depth > 100) { fail("the value is too deep, or goes in a circle"); }
		if (x === null || x === undefined || typeof x === "function") { return null; }
		if (typeof x === "number") { return isFinite(x) ? x : null; }
		if (typeof x !== "object") { return x; }
		if (x instanceof Date) { return isNaN(x.getTime()) ? null : x.toISOString(); }
		if (x instanceof RegExp || x instanceof Error) { return String(x); }
		if (x instanceof Path || x instanceof Filter || x instanceof Value) { fail("plain data is wanted here; a path is run with all()"); }
		var out = isArray(x) ? [] : {}, k;
		if (isArray(x)) {
			for (k = 0; k < x.length; k++) { out.push(data(x[k], depth + 1)); }
		} else {
			for (k in x) { out[k] = data(x[k], depth + 1); }
		}
		return out;
	}
	function plain(x) {
		if (typeof x === "string") { return /^<[^<>"\s]*>$/.test(x) ? x.substr(1, x.length - 2) : x; }
		if (isArray(x)) { return map(x, plain); }
		if (x instanceof Date || x === null || typeof x !== "object") { return x; }
		var out = {};
		for (var k in x) { out[k] = plain(x[k]); }
		return out;
	}

	// step adds a method under its name and its name with a capital.
	function alias(object, name, f) {
		object[name] = f;
		object[name.charAt(0).toUpperCase() + name.substr(1)] = f;
	}
	function step(names, f) {
		for (var i = 0; i < names.length; i++) {
			(function (name) {
				alias(Path.prototype, name, function () { return new Path(f(this.path, arguments)); });
			})(names[i]);
		}
	}
	function final(name, f) { alias(Path.prototype, name, function () { return f(this.path, arguments); }); }
	function along(method) {
		step([method], function (p, a) {
			return a.length === 0 ? p[method]() : p[method].apply(p, [predicates(a[0])].concat(tags(rest(a, 1))));
		});
	}
	function has(method) {
		step([method], function (p, a) {
			if (a.length === 0) { fail(method + " wants a predicate"); }
			var mark = typeof a[0] === "string" && !inSyntax(a[0]) ? "o" + a[0] + "\u0000" : "n";
			return p[method].apply(p, [predicate(a[0])].concat(map(rest(a, 1), function (x) {
				return x instanceof Filter ? x.filter : marked(mark, x);
			})));
		});
	}
	function save(method) {
		step([method], function (p, a) {
			var tag = a.length > 1 ? text(a[1]) : typeof a[0] === "string" ? a[0] : fail("a tag is wanted for what is saved");
			return p[method](predicate(a[0]), tag);
		});
	}

	step(["is"], function (p, a) { return p.is.apply(p, map(a, node)); });
	["in", "out", "both"].forEach(along);
	["has", "hasR"].forEach(has);
	["save", "saveR", "saveOpt", "saveOptR"].forEach(save);
	step(["labelContext"], function (p, a) { return p.labelContext.apply(p, [map([a[0]], node)].concat(tags(rest(a, 1)))); });
	step(["follow"], function (p, a) { return p.follow(path(a[0])); });
	step(["followR"], function (p, a) { return p.followR(path(a[0])); });
	step(["followRecursive"], function (p, a) {
		if (typeof a[1] === "number") { return p.followRecursive.apply(p, [predicate(a[0]), a[1]].concat(tags(rest(a, 2)))); }
		return p.followRecursive.apply(p, [predicate(a[0])].concat(tags(rest(a, 1))));
	});
	step(["and", "intersect"], function (p, a) { return p.and(path(a[0])); });
	step(["or", "union"], function (p, a) { return p.or(path(a[0])); });
	step(["except", "difference"], function (p, a) { return p.except(path(a[0])); });
	step(["tag", "as"], function (p, a) { return p.tag.apply(p, tags(a)); });
	step(["back"], function (p, a) { return p.back(text(a[0])); });
	step(["saveInPredicates"], function (p, a) { return p.saveInPredicates(text(a[0])); });
	step(["saveOutPredicates"], function (p, a) { return p.saveOutPredicates(text(a[0])); });
	step(["limit"], function (p, a) { return p.limit(number(a[0])); });
	step(["skip"], function (p, a) { return p.skip(number(a[0])); });
	step(["filter"], function (p, a) {
		return p.filter.apply(p, map(a, function (f) { return f instanceof Filter ? f.filter : fail("filter wants lt, gt, regex or like"); }));
	});
	["unique", "labels", "inPredicates", "outPredicates", "order"].forEach(function (m) {
		step([m], function (p) { return p[m](); });
	});

	final("all", function (p) { p.all(); return null; });
	final("getLimit", function (p, a) { p.getLimit(number(a[0])); return null; });
	final("count", function (p) { return p.count(); });
	final("toArray", function (p, a) { return plain(a.length > 0 ? p.toArray(number(a[0])) : p.toArray()); });
	final("tagArray", function (p, a) { return plain(a.length > 0 ? p.tagArray(number(a[0])) : p.tagArray()); });
	final("toValue", function (p) { return plain(p.toValue()); });
	final("tagValue", function (p) { return plain(p.tagValue()); });
	function forEach(p, a) {
		var f = callback(a[a.length - 1]), each = function (d) { return f(plain(d)); };
		if (a.length > 1) { p.forEach(number(a[0]), each); } else { p.forEach(each); }
		return null;
	}
	final("forEach", forEach);
	final("map", forEach);

	var g = {};
	["v", "vertex"].forEach(function (m) {
		alias(g, m, function () {
			var nodes = map(arguments, node);
			if (nodes.length === 0 && arguments.length > 0) { fail("a name is wanted here, not an empty list"); }
			return new Path(G.V.apply(G, nodes));
		});
	});
	["m", "morphism"].forEach(function (m) {
		alias(g, m, function () { return new Path(G.M()); });
	});
	alias(g, "emit", function (x) {
		x = data(x, 0);
		if (x !== null) { G.emit(x); }
		return null;
	});
	alias(g, "iri", function (s) { return new Value(IRI(text(s))); });
	alias(g, "uri", g.iri);
	g.IRI = g.iri;
	global.g = global.graph = g;
	global.iri = g.iri;
	Object.keys(make).forEach(function (name) {
		global[name] = function () { return new Value(make[name].apply(null, tags(arguments))); };
	});
	function operand(x) {
		if (x instanceof Value) { return x.value; }
		if (typeof x === "string" || typeof x === "number" || typeof x === "boolean" || x instanceof Date) { return x; }
		fail("a value is wanted to compare with, not " + typeof x);
	}
	Object.keys(compare).forEach(function (name) {
		global[name] = function (x, references) {
			var a = [operand(x)];
			if (references !== undefined) { a.push(references === true); }
			return new Filter(compare[name].apply(null, a));
		};
	});
	var last = (0, eval)(query);
	if (last instanceof Path) { return {"\u0000": "path"}; }
	return last instanceof Value || last instanceof Filter ? null : data(last, 0);
})