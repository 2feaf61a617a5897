"""Trains the network of package nlp/neural on the files that `train -only treebanks,raw` wrote.

    network.py learn   --dir DIR --out MODEL.pt                   a network; two processes share each step
    network.py label   --dir DIR --out SILVER MODEL.pt...         trees, tags and names of the raw text by several networks
    network.py link    --dir DIR --out LINKED MODEL.pt...         the same for news with links, which tell where names are
    network.py names   --dir DIR --out MODEL.pt --linked LINKED MODEL.pt    the layer for names of a network
    network.py export  --dir DIR --out network.bin MODEL.pt       the file that Go reads
    network.py score   --dir DIR MODEL.pt...                      dev scores of one network or of the mean of several

Needs Debian's python3-torch, python3-numpy and libopenblas0-pthread.  The same files, options, seed and library
versions give the same bytes: one thread a process, a fixed order of sums between processes, and the kernels of one
processor family for all (OPENBLAS_CORETYPE).
"""
import argparse
import copy
import json
import math
import os
import re
import struct
import sys
import time

os.environ["OPENBLAS_CORETYPE"] = "Haswell"
os.environ["OPENBLAS_NUM_THREADS"] = "1"
os.environ["OMP_NUM_THREADS"] = "1"
os.environ["ATEN_CPU_CAPABILITY"] = "avx2"

import numpy as np
import torch
import torch.distributed as dist
import torch.multiprocessing as mp
import torch.nn as nn
import torch.nn.functional as F

PARTS = 12  # rows of word parts a word sums: nlp/neural.Parts
BUCKETS = 1 << 15  # nlp/neural.Buckets
WORD = 100  # numbers of a word vector
COLUMNS = 1 + PARTS + 5  # row, parts, tag, head, relation, name, weight in percent


# Data ---------------------------------------------------------------------------------------------------------------

def read_sentences(path):
    """Sentences as arrays of words x COLUMNS; -1 stands for "not known"."""
    x, out, i = np.fromfile(path, dtype="<i4"), [], 0
    while i < len(x):
        n = x[i]
        out.append(x[i + 1:i + 1 + n * COLUMNS].reshape(n, COLUMNS))
        i += 1 + n * COLUMNS
    return out


def write_sentences(path, sentences):
    with open(path, "wb") as f:
        for s in sentences:
            f.write(struct.pack("<i", len(s)))
            f.write(np.ascontiguousarray(s, dtype="<i4").tobytes())


class Data:
    """What `train -only treebanks` wrote, less the sentences."""

    def __init__(self, directory):
        self.dir = directory
        lines = lambda name: open(os.path.join(directory, name), encoding="utf-8").read().rstrip("\n").split("\n")
        self.tags, self.rels, self.names = lines("tags.txt"), lines("rels.txt"), lines("names.txt")
        universal = [t.split(" ")[0] for t in self.tags]
        kinds = sorted(set(universal))
        self.upos = torch.tensor([kinds.index(u) for u in universal])
        rows = [line.split("\t") for line in lines("words.txt")]  # hash, count in the treebanks, count in all text, word
        self.hashes = [int(r[0]) for r in rows]
        self.counts = np.array([int(r[1]) for r in rows])
        self.all_counts = np.array([int(r[2]) for r in rows])
        raw = np.fromfile(os.path.join(directory, "vectors.bin"), dtype="<f4").reshape(-1, WORD)
        self.vectors = torch.from_numpy(raw) * 4  # of unit length: now about 0.4 a number
        self.dev = {k: self.read(k) for k in ("en_ewt-dev", "en_gum_nonnc-dev")}

    def read(self, name):
        return read_sentences(os.path.join(self.dir, name + ".bin"))


def batches(data, size, rng=None):
    """Lists of indices of sentences of like length, at most `size` words a list, padding counted."""
    lengths = np.array([len(x) for x in data])
    keys = lengths + (rng.rand(len(data)) * 3 if rng is not None else 0)
    out, cur, longest = [], [], 0
    for i in np.argsort(keys, kind="stable"):
        longest = max(longest, lengths[i])
        if cur and longest * (len(cur) + 1) > size:
            out.append(cur)
            cur, longest = [], lengths[i]
        cur.append(i)
    out.append(cur)
    if rng is not None:
        rng.shuffle(out)
    return out


class Batch:
    """Sentences as tensors of time x batch."""

    def __init__(self, sentences):
        width = max(len(s) for s in sentences)
        x = np.zeros((width, len(sentences), COLUMNS), dtype=np.int64)
        x[:, :, 1 + PARTS:] = -1
        for k, s in enumerate(sentences):
            x[:len(s), k] = s
        x = torch.from_numpy(x)
        self.rows, self.parts = x[:, :, 0], x[:, :, 1:1 + PARTS]
        self.tags, self.heads, self.rels, self.names = (x[:, :, 1 + PARTS + k] for k in range(4))
        self.weights = x[:, :, 5 + PARTS].clamp(min=0).float() / 100
        self.lengths = torch.tensor([len(s) for s in sentences])
        steps = torch.arange(width)[:, None]
        self.reverse = torch.where(steps < self.lengths, self.lengths - 1 - steps, steps)[:, :, None]


# Network ------------------------------------------------------------------------------------------------------------

class Recurrence(torch.autograd.Function):
    """Both directions of an LSTM, given what the input adds to the gates.

    gates: 2 x time x batch x 4h in the order input, forget, output, new; weights: 2 x 4h x h; result: 2 x time x batch x h.
    """

    @staticmethod
    def forward(ctx, gates, weights):
        _, steps, size, width = gates.shape
        h = width // 4
        act = gates.clone()
        cells, states = gates.new_zeros(2, steps + 1, size, h), gates.new_zeros(2, steps + 1, size, h)
        squashed = gates.new_empty(2, steps, size, h)
        turned = [weights[0].t(), weights[1].t()]
        for t in range(steps):
            g = act[:, t]
            if t:
                for d in (0, 1):
                    g[d].addmm_(states[d, t], turned[d])
            g[:, :, :3 * h].sigmoid_()
            g[:, :, 3 * h:].tanh_()
            c = torch.mul(g[:, :, h:2 * h], cells[:, t], out=cells[:, t + 1])
            c.addcmul_(g[:, :, :h], g[:, :, 3 * h:])
            torch.mul(g[:, :, 2 * h:3 * h], torch.tanh(c, out=squashed[:, t]), out=states[:, t + 1])
        ctx.save_for_backward(act, cells, states, squashed, weights)
        return states[:, 1:]

    @staticmethod
    def backward(ctx, grad):
        act, cells, states, squashed, weights = ctx.saved_tensors
        _, steps, size, h = grad.shape
        slope = act[..., :3 * h] * (1 - act[..., :3 * h])
        to_out = squashed * slope[..., 2 * h:]
        to_in = act[..., 3 * h:] * slope[..., :h]
        to_forget = cells[:, :-1] * slope[..., h:2 * h]
        to_new = act[..., :h] * (1 - act[..., 3 * h:].square())
        to_cell = act[..., 2 * h:3 * h] * (1 - squashed.square())
        out = torch.empty_like(act)
        dh = grad[:, steps - 1].clone()
        dc = torch.zeros_like(dh)
        for t in range(steps - 1, -1, -1):
            g = out[:, t]
            dc.addcmul_(dh, to_cell[:, t])
            torch.mul(dh, to_out[:, t], out=g[:, :, 2 * h:3 * h])
            torch.mul(dc, to_in[:, t], out=g[:, :, :h])
            torch.mul(dc, to_forget[:, t], out=g[:, :, h:2 * h])
            torch.mul(dc, to_new[:, t], out=g[:, :, 3 * h:])
            if t:
                dc.mul_(act[:, t, :, h:2 * h])
                dh = grad[:, t - 1].clone()
                for d in (0, 1):
                    dh[d].addmm_(g[d], weights[d])
        flat = lambda x: x.reshape(steps * size, -1)
        return out, torch.stack([flat(out[d]).t() @ flat(states[d, :-1]) for d in (0, 1)])


class Table:
    """Rows that are learned, by Adam (Kingma and Ba 2015) for just the rows that a step used. Row 0 stays zero."""

    def __init__(self, rows):
        self.rows = rows
        self.mean, self.square = torch.zeros_like(rows), torch.zeros_like(rows)

    def look(self, ids):
        self.ids, inverse = torch.unique(ids, return_inverse=True)
        self.used = self.rows[self.ids].requires_grad_(True)
        return F.embedding(inverse, self.used)

    def gather(self, workers):
        """The rows' gradients, summed over the workers in their order."""
        ids, grad = self.ids, self.used.grad
        if workers > 1:
            size = torch.tensor([len(ids)])
            sizes = [torch.zeros_like(size) for _ in range(workers)]
            dist.all_gather(sizes, size)
            most = int(max(sizes))
            ids = F.pad(ids, (0, most - len(ids)))
            grad = F.pad(grad, (0, 0, 0, most - len(grad)))
            all_ids, all_grads = [torch.zeros_like(ids) for _ in range(workers)], [torch.zeros_like(grad) for _ in range(workers)]
            dist.all_gather(all_ids, ids)
            dist.all_gather(all_grads, grad)
            ids, inverse = torch.unique(torch.cat(all_ids), return_inverse=True)
            grad = grad.new_zeros(len(ids), grad.shape[1]).index_add_(0, inverse, torch.cat(all_grads))
        grad[ids == 0] = 0
        return ids, grad

    def step(self, ids, grad, rate, betas, count):
        mean = self.mean[ids].lerp_(grad, 1 - betas[0])
        square = self.square[ids].lerp_(grad.square(), 1 - betas[1])
        self.mean[ids], self.square[ids] = mean, square
        scale = (square / (1 - betas[1] ** count)).sqrt_().add_(1e-8)
        self.rows[ids] -= rate / (1 - betas[0] ** count) * mean / scale


class Network(nn.Module):
    def __init__(self, data, o):
        super().__init__()
        self.data, self.o = data, o
        h, width = o.hidden, 2 * o.hidden
        learned = (data.counts >= 2) | (data.all_counts >= o.learned)
        number = np.concatenate([[0], np.where(learned, np.cumsum(learned), 0)])
        self.number = torch.from_numpy(number)
        self.own = Table(torch.zeros(int(number.max()) + 1, WORD))
        parts = torch.randn(BUCKETS, o.parts) * 0.1
        parts[0] = 0
        self.parts = Table(parts)
        self.layers = nn.ModuleList()
        for layer in range(o.layers):
            into = WORD + o.parts if layer == 0 else width
            p = nn.ParameterDict(dict(wx=nn.Parameter(torch.empty(2, 4 * h, into)), wh=nn.Parameter(torch.empty(2, 4 * h, h)),
                                      b=nn.Parameter(torch.zeros(2, 1, 1, 4 * h))))
            for d in (0, 1):
                for gate in p["wx"].data[d].chunk(4, 0):
                    nn.init.xavier_uniform_(gate)
                for gate in p["wh"].data[d].chunk(4, 0):
                    nn.init.orthogonal_(gate)
            p["b"].data[..., h:2 * h] = 1
            self.layers.append(p)
        self.root = nn.Parameter(torch.randn(width) * 0.1)
        self.tag = nn.Linear(width, len(data.tags))
        # The names that the shipped file finds are those of class Names; these shape the states below it.
        self.name1, self.name2 = nn.Linear(width, o.name), nn.Linear(o.name, len(data.names))
        self.dep, self.gov = nn.Linear(width, o.arc), nn.Linear(width, o.arc)
        self.pair, self.alone = nn.Parameter(torch.empty(o.arc, o.arc)), nn.Parameter(torch.zeros(o.arc))
        nn.init.orthogonal_(self.pair, 2 / math.sqrt(o.arc))
        self.rel_dep, self.rel_gov = nn.Linear(width, o.rel), nn.Linear(width, o.rel, bias=False)
        self.rel = nn.Linear(o.rel, len(data.rels))

    def drop(self, x, p):
        """Dropout with one mask for all steps (Gal and Ghahramani 2016)."""
        if not self.training or p == 0:
            return x
        return x * (torch.rand(1, x.shape[1], x.shape[2]) >= p).float().div_(1 - p)

    def embed(self, b):
        words = self.data.vectors[b.rows] + self.own.look(self.number[b.rows])
        parts = self.parts.look(b.parts).sum(2)
        if self.training:
            words = words * (torch.rand(*b.rows.shape, 1) >= self.o.word_drop).float()
            parts = parts * (torch.rand(*b.rows.shape, 1) >= 0.05).float()
        return self.drop(torch.cat([words, parts], 2), self.o.embed_drop)

    def encode(self, b):
        """The output of each layer: time x batch x 2h."""
        x, out = self.embed(b), []
        for p in self.layers:
            wh = F.dropout(p["wh"], self.o.state_drop) if self.training else p["wh"]
            steps, size, width = x.shape
            back = x.gather(0, b.reverse.expand(-1, -1, width))
            gates = torch.stack([(s.reshape(steps * size, width) @ p["wx"][d].t()).view(steps, size, -1) for d, s in enumerate((x, back))])
            y = Recurrence.apply(gates + p["b"], wh)
            x = torch.cat([y[0], y[1].gather(0, b.reverse.expand(-1, -1, self.o.hidden))], 2)
            x = self.drop(x, self.o.drop)
            out.append(x)
        return out

    def heads(self, out, lengths):
        """Scores of tags and names (time x batch x labels), of arcs (batch x time x head), and states with the root first."""
        top = out[-1]
        steps, size, _ = top.shape
        tags = self.tag(out[min(self.o.tag_layer, self.o.layers) - 1])
        names = self.name2(self.drop(F.relu(self.name1(top)), self.o.drop))
        full = torch.cat([self.root.expand(1, size, -1), top], 0)
        dep, gov = self.drop(F.relu(self.dep(top)), self.o.drop), self.drop(F.relu(self.gov(full)), self.o.drop)
        arcs = torch.einsum("tbd,sbd->bts", dep, gov @ self.pair.t()) + (gov @ self.alone).t()[:, None, :]
        outside = torch.arange(steps + 1)[None] > lengths[:, None]
        return tags, names, arcs.masked_fill(outside[:, None, :], -1e9), full

    def relate(self, full, heads):
        """Scores of relations for given heads (time x batch, 0 for the root)."""
        gov = self.rel_gov(full)
        gov = gov.gather(0, heads[:, :, None].expand(-1, -1, gov.shape[2]))
        return self.rel(self.drop(F.relu(self.rel_dep(full[1:]) + gov), self.o.drop))

    def loss(self, b):
        tags, names, arcs, full = self.heads(self.encode(b), b.lengths)
        weights = b.weights.reshape(-1)

        def entropy(scores, gold):
            each = F.cross_entropy(scores.reshape(-1, scores.shape[-1]), gold.reshape(-1), ignore_index=-1, reduction="none")
            return (each * weights).sum()

        total = entropy(tags, b.tags) + self.o.name_weight * entropy(names, b.names)
        if (b.heads >= 0).any():
            total = total + entropy(arcs.transpose(0, 1), b.heads) + entropy(self.relate(full, b.heads.clamp(min=0)), b.rels)
        return total / b.lengths.sum()

    def state(self):
        return dict(net=self.state_dict(), own=self.own.rows, parts=self.parts.rows)

    def restore(self, state):
        self.load_state_dict(state["net"])
        self.own.rows, self.parts.rows = state["own"], state["parts"]
        return self


def load(path, data):
    saved = torch.load(path)
    net = Network(data, argparse.Namespace(**saved["options"])).restore(saved["state"])
    if "names" in saved:
        net.name_layer = Names(net, saved["names"]["width"])
        net.name_layer.load_state_dict(saved["names"]["state"])
    return net.eval()


# Scores -------------------------------------------------------------------------------------------------------------

def mean_scores(nets, b):
    """The networks' mean probabilities of tags and names, the best heads with theirs, and those of relations to these heads."""
    outs = [n.heads(n.encode(b), b.lengths) for n in nets]
    mean = lambda xs: torch.stack([x.softmax(-1) for x in xs]).mean(0)
    tags, names, arcs = mean([o[0] for o in outs]), mean([o[1] for o in outs]), mean([o[2] for o in outs])
    steps = arcs.shape[1]
    own = torch.zeros(steps, steps + 1)
    own[torch.arange(steps), torch.arange(steps) + 1] = 1
    arcs = arcs * (1 - own)
    sure, heads = arcs.max(2)
    rels = mean([n.relate(o[3], heads.t()) for n, o in zip(nets, outs)])
    return tags, names, heads.t(), sure.t(), rels


def spans(tags):
    out, start, kind = set(), None, None
    for i, t in enumerate(list(tags) + ["O"]):
        k = t[2:] if t != "O" else None
        if start is not None and (k != kind or t[0] == "B"):
            out.add((start, i, kind))
            start = None
        if k and start is None:
            start, kind = i, k
    return out


def score(nets, data, name):
    """Dev scores in percent; heads are each word's best, no tree is made."""
    hits, n, right, gold, found = np.zeros(4), 0, 0, 0, 0
    sentences = data.dev[name]
    with torch.no_grad():
        for ids in batches(sentences, 3000):
            b = Batch([sentences[i] for i in ids])
            tags, names, heads, _, rels = mean_scores(nets, b)
            tags, names, rels = tags.argmax(2), names.argmax(2), rels.argmax(2)
            known = b.heads >= 0
            right_head = (heads == b.heads) & known
            n += known.sum().item()
            hits += [x.sum().item() for x in ((data.upos[tags] == data.upos[b.tags.clamp(min=0)]) & known & (b.tags >= 0),
                                              (tags == b.tags) & known, right_head, right_head & (rels == b.rels))]
            for k in range(len(ids)):
                if b.names[0, k] < 0:
                    continue
                x, y = (spans([data.names[t] for t in v[:b.lengths[k], k]]) for v in (b.names, names))
                right, gold, found = right + len(x & y), gold + len(x), found + len(y)
    return "%s UPOS %.2f tags %.2f UAS %.2f LAS %.2f names %.2f" % (name, *(100 * hits / n), 200 * right / max(1, gold + found))


# Commands -----------------------------------------------------------------------------------------------------------

def learn(rank, o):
    torch.set_num_threads(1)
    if o.workers > 1:
        os.environ.update(MASTER_ADDR="127.0.0.1", MASTER_PORT=str(o.port))
        dist.init_process_group("gloo", rank=rank, world_size=o.workers)
    torch.manual_seed(o.seed)
    data = Data(o.dir)
    net, average = Network(data, o), Network(data, o)
    if o.start:
        net.restore(torch.load(o.start)["state"])
    average.restore(copy.deepcopy(net.state()))
    torch.manual_seed(o.seed * 100 + rank)
    rng = np.random.RandomState(o.seed)
    train, wiki = data.read("train"), data.read("wikigold")
    styles = [data.read("train-" + s) for s in ("upper", "title", "lower")]
    silver, linked = (read_sentences(path) if path else [] for path in (o.silver, o.linked))
    words = lambda list_: sum(len(s) for s in list_)
    share = words(train) * o.silver_share

    def epoch():
        """One pass over the gold data, some of it in other writing, and the linked, and as many words of silver as wanted."""
        out = []
        for i, s in enumerate(train):
            k = rng.rand()
            s = styles[int(k / 0.02)][i] if k < 0.06 else s
            if len(s) > 3 and rng.rand() < 0.06 and data.tags[s[-1][1 + PARTS]].startswith("PUNCT"):
                s = s[:-1]
            out.append(s)
        out += wiki + linked
        n = 0
        while silver and n < share:
            s = silver[rng.randint(len(silver))]
            out.append(s)
            n += len(s)
        return out

    dense = list(net.parameters())
    optimiser = torch.optim.Adam(dense, lr=o.rate, betas=(0.9, 0.95))
    tables = [(net.own, average.own), (net.parts, average.parts)]
    step, start, seen, shown = 0, time.time(), 0, 0.0
    per = len(batches(epoch(), o.batch, rng)) // o.workers
    total = max(1, int(o.epochs * per))
    marks = {int(total * (i + 1) / o.scores) for i in range(o.scores)}
    while step < total:
        sentences = epoch()
        order = batches(sentences, o.batch, rng)
        for k in range(0, len(order) - o.workers + 1, o.workers):
            net.train()
            b = Batch([sentences[i] for i in order[k + rank]])
            for p in dense:
                p.grad = None
            loss = net.loss(b)
            loss.backward()
            flat = torch.cat([p.grad.reshape(-1) for p in dense])
            rows = [t.gather(o.workers) for t, _ in tables]
            if o.workers > 1:
                dist.all_reduce(flat)
            norm = math.sqrt(flat.square().sum().item() + sum(g.square().sum().item() for _, g in rows)) / o.workers
            shrink = min(1.0, 5 / (norm + 1e-6)) / o.workers
            at = 0
            for p in dense:
                p.grad.copy_(flat[at:at + p.numel()].view_as(p)).mul_(shrink)
                at += p.numel()
            rate = o.rate * min(1, (step + 1) / 300) * (0.495 * (1 + math.cos(math.pi * step / total)) + 0.01)
            optimiser.param_groups[0]["lr"] = rate
            optimiser.step()
            step += 1
            with torch.no_grad():
                for (t, _), (ids, g) in zip(tables, rows):
                    t.step(ids, g * shrink, rate, (0.9, 0.95), step)
                if step % 8 == 0:
                    keep = min(0.984, step / (step + 160))
                    for p, q in zip(average.parameters(), dense):
                        p.lerp_(q, 1 - keep)
                    for t, a in tables:
                        a.rows.lerp_(t.rows, 1 - keep)
            seen += b.lengths.sum().item() * o.workers
            shown += loss.item()
            if rank == 0 and step % 100 == 0:
                print("step %d of %d, loss %.3f, %.0f words/s" % (step, total, shown / 100, seen / (time.time() - start)), flush=True)
                shown = 0.0
            if rank == 0 and step in marks:
                torch.save(dict(options={k: v for k, v in vars(o).items() if k != "run"}, state=average.state()), o.out)
                for name in data.dev:
                    print("epoch %.1f, %.0f s: %s" % (step / per, time.time() - start, score([average.eval()], data, name)), flush=True)
            if step >= total:
                break
    if o.workers > 1:
        dist.barrier()


def run_learn(o):
    if o.workers > 1:
        mp.spawn(learn, args=(o,), nprocs=o.workers)
    else:
        learn(0, o)


class Names(nn.Module):
    """An LSTM for names over the frozen network's input and top states, with a chain of tags (Lample et al. 2016)."""

    def __init__(self, net, width):
        super().__init__()
        self.width = width
        into = WORD + net.o.parts + 2 * net.o.hidden
        self.wx, self.wh = nn.Parameter(torch.empty(2, 4 * width, into)), nn.Parameter(torch.empty(2, 4 * width, width))
        self.b = nn.Parameter(torch.zeros(2, 1, 1, 4 * width))
        for d in (0, 1):
            for gate in self.wx.data[d].chunk(4, 0):
                nn.init.xavier_uniform_(gate)
            for gate in self.wh.data[d].chunk(4, 0):
                nn.init.orthogonal_(gate)
        self.b.data[..., width:2 * width] = 1
        tags = len(net.data.names)
        self.out = nn.Linear(2 * width, tags)
        self.follow = nn.Parameter(torch.zeros(tags, tags))  # from, to

    def scores(self, x, reverse, drop):
        keep = lambda v: v if not self.training else v * (torch.rand(1, v.shape[1], v.shape[2]) >= drop).float().div_(1 - drop)
        x = keep(x)
        steps, size, width = x.shape
        back = x.gather(0, reverse.expand(-1, -1, width))
        gates = torch.stack([(v.reshape(steps * size, width) @ self.wx[d].t()).view(steps, size, -1) for d, v in enumerate((x, back))])
        y = Recurrence.apply(gates + self.b, self.wh)
        return self.out(keep(torch.cat([y[0], y[1].gather(0, reverse.expand(-1, -1, self.width))], 2)))

    def loss(self, scores, gold, lengths):
        """Minus the log of the gold tags' probability, over all words."""
        total, gold_score = scores[0], scores[0].gather(1, gold[0][:, None])[:, 0]
        for t in range(1, len(scores)):
            inside = (t < lengths).float()
            step = torch.logsumexp(total[:, :, None] + self.follow[None], 1) + scores[t]
            total = torch.where(inside[:, None] > 0, step, total)
            gold_score = gold_score + inside * (scores[t].gather(1, gold[t].clamp(min=0)[:, None])[:, 0] + self.follow[gold[t - 1].clamp(min=0), gold[t].clamp(min=0)])
        return (torch.logsumexp(total, 1) - gold_score).sum()

    def best(self, scores, length):
        """The best tags of one sentence: scores of words x tags."""
        total, back = scores[0], []
        for t in range(1, length):
            step = total[:, None] + self.follow
            back.append(step.argmax(0))
            total = step.amax(0) + scores[t]
        out = [int(total.argmax())]
        for b in reversed(back):
            out.append(int(b[out[-1]]))
        return out[::-1]


def frozen(net, sentences):
    """What the name layer sees of each sentence: words x numbers."""
    out = [None] * len(sentences)
    with torch.no_grad():
        for ids in batches(sentences, 3000):
            b = Batch([sentences[i] for i in ids])
            x = net.embed(b)
            top = net.encode(b)[-1]
            both = torch.cat([x, (top * 63).round() / 63], 2)
            for k, i in enumerate(ids):
                out[i] = both[:len(sentences[i]), k].clone()
    return out


def run_names(o):
    """Learns the name layer of a network whose other parts stay as they are."""
    torch.set_num_threads(1)
    torch.manual_seed(o.seed)
    rng = np.random.RandomState(o.seed)
    data = Data(o.dir)
    net = load(o.models[0], data)
    known = lambda list_: [s for s in list_ if (s[:, 4 + PARTS] >= 0).all()]
    gold = data.read("train")
    for k, style in enumerate(("lower", "title", "upper")):
        gold += data.read("train-" + style)[k::10]
    gold, linked = known(gold) + data.read("wikigold"), known(read_sentences(o.linked))
    start = time.time()
    sentences = gold + linked
    seen = frozen(net, sentences)
    print("%d sentences seen, %.0f s" % (len(sentences), time.time() - start), flush=True)
    layer, average = Names(net, o.width), Names(net, o.width)
    average.load_state_dict(layer.state_dict())
    optimiser = torch.optim.Adam(layer.parameters(), lr=o.rate, betas=(0.9, 0.95))
    pick = lambda: list(range(len(gold))) + [int(i) for i in len(gold) + rng.permutation(len(linked))[:int(len(linked) * o.linked_share)]]
    per = len(batches([sentences[i] for i in pick()], o.batch, rng))
    step, total, shown = 0, max(1, int(per * o.epochs)), 0.0
    while step < total:
        picked = pick()
        for ids in batches([sentences[i] for i in picked], o.batch, rng):
            ids = [picked[i] for i in ids]
            b = Batch([sentences[i] for i in ids])
            x = nn.utils.rnn.pad_sequence([seen[i] for i in ids])
            layer.train()
            loss = layer.loss(layer.scores(x, b.reverse, o.drop), b.names, b.lengths) / b.lengths.sum()
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(layer.parameters(), 5)
            optimiser.param_groups[0]["lr"] = o.rate * min(1, (step + 1) / 100) * (0.495 * (1 + math.cos(math.pi * step / total)) + 0.01)
            optimiser.step()
            step, shown = step + 1, shown + loss.item()
            with torch.no_grad():
                keep = min(0.998, step / (step + 20))
                for p, q in zip(average.parameters(), layer.parameters()):
                    p.lerp_(q, 1 - keep)
            if step % max(1, total // 8) == 0:
                print("step %d of %d, loss %.4f, %.0f s; names %s" % (step, total, shown / max(1, total // 8), time.time() - start,
                      ", ".join("%s %.2f" % (n, score_names(average.eval(), net, data, n)) for n in data.dev)), flush=True)
                shown = 0.0
            if step >= total:
                break
    saved = torch.load(o.models[0])
    saved["names"] = dict(width=o.width, state=average.state_dict())
    torch.save(saved, o.out)


def score_names(layer, net, data, name):
    right, gold, found = 0, 0, 0
    sentences = [s for s in data.dev[name] if s[0, 4 + PARTS] >= 0]
    seen = frozen(net, sentences)
    with torch.no_grad():
        for ids in batches(sentences, 3000):
            b = Batch([sentences[i] for i in ids])
            scores = layer.scores(nn.utils.rnn.pad_sequence([seen[i] for i in ids]), b.reverse, 0)
            for k in range(len(ids)):
                n = int(b.lengths[k])
                x, y = spans([data.names[t] for t in b.names[:n, k]]), spans([data.names[t] for t in layer.best(scores[:n, k], n)])
                right, gold, found = right + len(x & y), gold + len(x), found + len(y)
    return 200 * right / max(1, gold + found)


def label_part(rank, o):
    torch.set_num_threads(1)
    data = Data(o.dir)
    nets = [load(m, data) for m in o.models]
    raw = data.read("raw")[rank::o.workers]
    done, start = [None] * len(raw), time.time()
    with torch.no_grad():
        for k, ids in enumerate(batches(raw, 3000)):
            b = Batch([raw[i] for i in ids])
            tags, names, heads, sure, rels = mean_scores(nets, b)
            columns = torch.stack([tags.argmax(2), heads, rels.argmax(2), names.argmax(2), (sure * 100).round().long()], 2).numpy()
            for j, i in enumerate(ids):
                done[i] = np.concatenate([raw[i][:, :1 + PARTS], columns[:len(raw[i]), j]], 1)
            if rank == 0 and k % 100 == 0:
                print("part %d, %.0f s" % (k, time.time() - start), flush=True)
    write_sentences("%s.%d" % (o.out, rank), done)


def run_label(o):
    mp.spawn(label_part, args=(o,), nprocs=o.workers)
    write_sentences(o.out, [s for r in range(o.workers) for s in read_sentences("%s.%d" % (o.out, r))])
    for r in range(o.workers):
        os.remove("%s.%d" % (o.out, r))


NAME_PART = re.compile(r"[^a-z]|(of|the|and|for|de|la|le|al|el|in|on|s|bin|von|van|du|der|den)$")


def link_names(data, sentences, masses):
    """Names of linked words, written over the networks' own.

    masses: the networks' probabilities of each tag, words x tags, for each sentence.  The kind of a name is the one that
    has the greatest share of the probability over all links of the same words to the same page, or else to that page.
    """
    kinds = sorted({n[2:] for n in data.names if n != "O"})
    column = {n: i for i, n in enumerate(data.names)}
    by_words, by_title, links = {}, {}, []
    for line in open(os.path.join(data.dir, "links.txt"), encoding="utf-8"):
        i, start, end, words, title = line.rstrip("\n").split("\t")
        i, start, end = int(i), int(start), int(end)
        if words.startswith(("the ", "The ")):
            start, words = start + 1, words[4:]
        if start >= end or not all(NAME_PART.match(w) for w in words.split(" ")):
            continue
        m = masses[i][start:end]
        mass = np.array([(m[:, column["B-" + k]] + m[:, column["I-" + k]]).mean() for k in kinds])
        links.append((i, start, end, words, title))
        by_words.setdefault((words, title), []).append(mass)
        if mass.sum() >= 0.5:
            by_title.setdefault(title, []).append(mass)
    count = dict.fromkeys(kinds + ["O", "unsure"], 0)
    for i, start, end, words, title in links:
        mass = np.mean(by_words[words, title], 0)
        if mass.sum() < 0.5 and title in by_title:
            mass = (mass + np.mean(by_title[title], 0)) / 2
        s, kind = sentences[i], kinds[int(mass.argmax())]
        cut(data, s[:, 4 + PARTS], start, end)
        if mass.sum() < 0.1:
            count["O"] += 1
            s[start:end, 4 + PARTS] = column["O"]
        elif mass.sum() < 0.4 or mass.max() < 0.6 * mass.sum():
            count["unsure"] += 1
            s[start:end, 4 + PARTS] = -1
        else:
            count[kind] += 1
            s[start:end, 4 + PARTS] = column["I-" + kind]
            s[start, 4 + PARTS] = column["B-" + kind]
    for s in sentences:
        begin(data, s[:, 4 + PARTS])
    print("links:", count)


def cut(data, names, start, end):
    """Takes back what a link cuts off from a name at either end, in the column of a sentence's names."""
    inside = lambda i: 0 <= i < len(names) and names[i] >= 0 and data.names[names[i]].startswith("I-")
    first = start
    while inside(first):
        first -= 1
    names[max(first, 0):start] = -1
    while inside(end):
        names[end] = -1
        end += 1


def begin(data, names):
    """Makes every name begin with B-."""
    last = "O"
    for i, n in enumerate(names):
        tag = data.names[n] if n >= 0 else "O"
        if tag.startswith("I-") and last[1:] != tag[1:]:
            tag = "B" + tag[1:]
            names[i] = data.names.index(tag)
        last = tag


def run_link(o):
    torch.set_num_threads(1)
    data = Data(o.dir)
    nets = [load(m, data) for m in o.models]
    raw = data.read("links")
    done, masses = [None] * len(raw), [None] * len(raw)
    with torch.no_grad():
        for ids in batches(raw, 3000):
            tags, names, heads, sure, rels = mean_scores(nets, Batch([raw[i] for i in ids]))
            columns = torch.stack([tags.argmax(2), heads, rels.argmax(2), names.argmax(2), (sure * 100).round().long()], 2).numpy()
            for j, i in enumerate(ids):
                done[i] = np.concatenate([raw[i][:, :1 + PARTS], columns[:len(raw[i]), j]], 1)
                masses[i] = names[:len(raw[i]), j].numpy()
    link_names(data, done, masses)
    write_sentences(o.out, done)


def run_score(o):
    torch.set_num_threads(1)
    data = Data(o.dir)
    nets = [load(m, data) for m in o.models]
    for name in data.dev:
        print(score(nets, data, name), flush=True)


def run_export(o):
    """Writes the file that nlp/neural.Read reads; its comment describes it."""
    data = Data(o.dir)
    net = load(o.models[0], data)
    c, h = net.o, net.o.hidden
    hidden = 1 / 128  # what a whole number of a hidden layer counts: nlp/neural.hiddenUnit
    first = {}
    for i, key in enumerate(data.hashes):
        first.setdefault(key, i + 1)
    keys = sorted(first)
    out = []

    def add(x, kind):
        out.append(np.ascontiguousarray(x, dtype=kind).tobytes())

    def table(x):
        unit = min(x.abs().max().item(), 12 * x.std().item()) / 127
        add((x / unit).round().clamp(-127, 127).numpy(), "i1")
        return unit

    def matrix(w, bias, unit=None, more=0):
        """Rows of bytes with their scales and biases; without a unit it is states that are multiplied: bytes of parts of
        1 / 63 with 64 for zero (nlp/neural.one, zero), and weights go up to 63."""
        w = w.detach().double() * torch.as_tensor(1 / 63 if unit is None else unit, dtype=torch.float64)
        w = F.pad(w, (0, 0, 0, -w.shape[0] % 4))
        bias = w.new_zeros(len(w)) if bias is None else F.pad(bias.detach().double().reshape(-1), (0, len(w) - bias.numel()))
        scale = w.abs().amax(1).clamp(min=1e-12) / (63 if unit is None else 127)
        q = (w / scale[:, None]).round()
        add(q.numpy(), "i1")
        add(scale.numpy(), "<f4")
        add((bias + more - (64 * scale * q.sum(1) if unit is None else 0)).numpy(), "<f4")

    add(np.array(keys), "<u4")
    ids = torch.tensor([first[k] for k in keys])
    units = torch.tensor([table(data.vectors[ids] + net.own.rows[net.number[ids]])] * WORD + [table(net.parts.rows)] * c.parts)

    def offset(w):
        """What the zeros of the states add to a matrix's product."""
        scale = w.detach().double().abs().amax(1, keepdim=True).clamp(min=1e-12) / 63
        return ((w.detach().double() / scale).round() * scale).sum(1) * 64 / 63

    for i, p in enumerate(net.layers):
        matrix(p["wx"].reshape(8 * h, -1), p["b"], units if i == 0 else None, -offset(p["wh"].reshape(8 * h, -1)))
        for d in (0, 1):
            matrix(p["wh"][d], None)
    matrix(net.tag.weight, net.tag.bias)
    matrix(net.dep.weight, net.dep.bias)
    matrix(net.gov.weight, net.gov.bias)
    matrix(torch.cat([net.pair, net.alone[None]]), None, hidden)
    matrix(net.rel_dep.weight, net.rel_dep.bias)
    matrix(net.rel_gov.weight, None)
    matrix(net.rel.weight, net.rel.bias, hidden)
    with torch.no_grad():
        add(net.gov(net.root).numpy(), "<f4")
        add(net.rel_gov(net.root).numpy(), "<f4")
    layer = net.name_layer
    wx = layer.wx.reshape(8 * layer.width, -1)
    first_width = WORD + c.parts
    matrix(wx[:, :first_width], layer.b, units, -offset(layer.wh.reshape(8 * layer.width, -1)) - offset(wx[:, first_width:]))
    matrix(wx[:, first_width:], None)
    for d in (0, 1):
        matrix(layer.wh[d], None)
    matrix(layer.out.weight, layer.out.bias)
    add(layer.follow.detach().numpy(), "<f4")
    most = (F.relu(net.gov(net.root)) @ net.pair.t()).abs().max().item()
    train = data.read("train")
    with torch.no_grad():
        for part in batches(train[::5], 3000):
            b = Batch([train[5 * i] for i in part])
            top = net.encode(b)[-1]
            inside = torch.arange(len(top))[:, None] < b.lengths
            most = max(most, (F.relu(net.gov(top)) @ net.pair.t())[inside].abs().max().item())
    head = json.dumps(dict(Words=len(keys), WordDim=WORD, SubDim=c.parts, Layers=c.layers, Hidden=h, Arc=c.arc, Rel=c.rel, NameHidden=layer.width,
                           TagLayer=min(c.tag_layer, c.layers), PairUnit=2.0 ** math.floor(math.log2(3600 / (1.25 * most))),
                           Tags=data.tags, Rels=data.rels, Names=data.names)).encode()
    with open(o.out + ".tmp", "wb") as f:
        f.write(b"NGN1" + struct.pack("<I", len(head)) + head + b"".join(out))
    os.replace(o.out + ".tmp", o.out)


def main():
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    commands = ap.add_subparsers(required=True)

    def command(name, run, models):
        c = commands.add_parser(name)
        c.set_defaults(run=run)
        c.add_argument("--dir", required=True)
        c.add_argument("--out", required=name != "score")
        if name in ("learn", "label"):
            c.add_argument("--workers", type=int, default=2)
        if models:
            c.add_argument("models", nargs="+")
        return c

    command("label", run_label, True)
    command("link", run_link, True)
    command("export", run_export, True)
    command("score", run_score, True)
    c = command("names", run_names, True)
    for name, default in dict(seed=1, width=96, epochs=12.0, batch=1500, rate=2e-3, drop=0.35, linked_share=0.5).items():
        c.add_argument("--" + name.replace("_", "-"), type=type(default), default=default)
    c.add_argument("--linked", required=True)
    c = command("learn", run_learn, False)
    for name, default in dict(seed=1, port=29500, layers=2, hidden=224, parts=92, arc=160, rel=160, name=96, tag_layer=2, learned=20,
                              epochs=9.0, batch=1200, rate=2.5e-3, drop=0.25, embed_drop=0.15, word_drop=0.1, state_drop=0.1,
                              name_weight=2.0, silver_share=1.0, scores=5).items():
        c.add_argument("--" + name.replace("_", "-"), type=type(default), default=default)
    c.add_argument("--silver", default="", help="what `label` wrote")
    c.add_argument("--linked", default="", help="what `link` wrote")
    c.add_argument("--start", default="", help="a network to go on from")
    o = ap.parse_args()
    o.run(o)


if __name__ == "__main__":
    main()
