// What the graph's nodes and edges are drawn with: shapes for types and dashes for factuality, so that colour is never alone.
import { EdgeArrowHeadProgram, EdgeProgram, NodeProgram, createEdgeCompoundProgram } from 'sigma/rendering';
import type { EdgeDisplayData, NodeDisplayData, RenderParams } from 'sigma/types';
import { floatColor } from 'sigma/utils';

const { FLOAT, UNSIGNED_BYTE, TRIANGLES } = WebGLRenderingContext;

/** The numbers that the shader knows shapes by. */
export const shapeNumber = { circle: 0, square: 1, diamond: 2, triangle: 3, ring: 4 } as const;

const nodeVertex = /* glsl */ `
attribute vec4 a_id;
attribute vec4 a_color;
attribute vec2 a_position;
attribute float a_size;
attribute float a_shape;
attribute float a_angle;
uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform float u_correctionRatio;
varying vec4 v_color;
varying vec2 v_at;
varying float v_radius;
varying float v_shape;

void main() {
  v_radius = a_size * u_correctionRatio / u_sizeRatio * 2.0;
  v_at = v_radius * 3.0 * vec2(cos(a_angle), sin(a_angle));
  v_shape = a_shape;
  gl_Position = vec4((u_matrix * vec3(a_position + v_at, 1)).xy, 0, 1);
#ifdef PICKING_MODE
  v_color = a_id;
#else
  v_color = a_color;
#endif
  v_color.a *= 255.0 / 254.0;
}`;

// Distances to the outline, negative inside. The sizes give all shapes about the same area.
const nodeFragment = /* glsl */ `
precision highp float;
varying vec4 v_color;
varying vec2 v_at;
varying float v_radius;
varying float v_shape;
uniform float u_correctionRatio;

float outline(vec2 p, float r) {
  if (v_shape < 0.5) return length(p) - r;
  if (v_shape < 1.5) return max(abs(p.x), abs(p.y)) - r * 0.88;
  if (v_shape < 2.5) return (abs(p.x) + abs(p.y)) * 0.7071 - r * 0.88;
  if (v_shape < 3.5) return max(abs(p.x) * 0.866 + p.y * 0.5, -p.y) - r * 0.64;
#ifdef PICKING_MODE
  return length(p) - r;
#else
  return abs(length(p) - r * 0.72) - r * 0.26;
#endif
}

void main() {
  float soft = u_correctionRatio * 2.0;
  float d = outline(v_at, v_radius);
#ifdef PICKING_MODE
  gl_FragColor = d > 0.0 ? vec4(0.0) : v_color;
#else
  gl_FragColor = mix(v_color, vec4(0.0), clamp(d / soft + 0.5, 0.0, 1.0));
#endif
}`;

/** Nodes as circles, squares, diamonds, triangles and rings. */
export class ShapeProgram extends NodeProgram {
  getDefinition() {
    return {
      VERTICES: 3,
      VERTEX_SHADER_SOURCE: nodeVertex,
      FRAGMENT_SHADER_SOURCE: nodeFragment,
      METHOD: TRIANGLES,
      UNIFORMS: ['u_sizeRatio', 'u_correctionRatio', 'u_matrix'],
      ATTRIBUTES: [
        { name: 'a_position', size: 2, type: FLOAT },
        { name: 'a_size', size: 1, type: FLOAT },
        { name: 'a_shape', size: 1, type: FLOAT },
        { name: 'a_color', size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: 'a_id', size: 4, type: UNSIGNED_BYTE, normalized: true },
      ],
      CONSTANT_ATTRIBUTES: [{ name: 'a_angle', size: 1, type: FLOAT }],
      CONSTANT_DATA: [[Math.PI / 2], [(Math.PI * 7) / 6], [(Math.PI * 11) / 6]],
    };
  }

  processVisibleItem(id: number, at: number, data: NodeDisplayData): void {
    const a = this.array;
    a[at++] = data.x;
    a[at++] = data.y;
    a[at++] = data.size;
    a[at++] = (data as NodeDisplayData & { shape: number }).shape;
    a[at++] = floatColor(data.color);
    a[at] = id;
  }

  setUniforms(params: RenderParams, { gl, uniformLocations: u }: any): void {
    gl.uniform1f(u.u_sizeRatio, params.sizeRatio);
    gl.uniform1f(u.u_correctionRatio, params.correctionRatio);
    gl.uniformMatrix3fv(u.u_matrix, false, params.matrix);
  }
}

const edgeVertex = /* glsl */ `
attribute vec4 a_id;
attribute vec4 a_color;
attribute vec2 a_from;
attribute vec2 a_to;
attribute float a_width;
attribute float a_dash;
attribute float a_along;
attribute float a_side;
uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform vec2 u_viewport;
varying vec4 v_color;
varying float v_along;
varying float v_across;
varying float v_half;
varying float v_dash;

void main() {
  vec2 from = (u_matrix * vec3(a_from, 1)).xy;
  vec2 to = (u_matrix * vec3(a_to, 1)).xy;
  vec2 way = (to - from) * u_viewport * 0.5;
  float len = max(length(way), 0.001);
  vec2 normal = vec2(-way.y, way.x) / len;
  v_half = max(a_width / u_sizeRatio, 1.1) * 0.5;
#ifdef PICKING_MODE
  v_half += 3.0;
  v_color = a_id;
#else
  v_color = a_color;
#endif
  v_color.a *= 255.0 / 254.0;
  v_across = a_side * (v_half + 1.0);
  v_along = a_along * len;
  v_dash = a_dash;
  gl_Position = vec4(mix(from, to, a_along) + normal * v_across / (u_viewport * 0.5), 0, 1);
}`;

const edgeFragment = /* glsl */ `
precision highp float;
varying vec4 v_color;
varying float v_along;
varying float v_across;
varying float v_half;
varying float v_dash;

bool gap() {
  if (v_dash < 0.5) return false;
  if (v_dash < 1.5) return mod(v_along, 11.0) > 6.5;
  if (v_dash < 2.5) return mod(v_along, 6.0) > 2.5;
  float at = mod(v_along, 17.0);
  return (at > 9.0 && at < 12.0) || at > 14.5;
}

void main() {
#ifdef PICKING_MODE
  gl_FragColor = v_color;
#else
  float t = clamp(abs(v_across) - v_half + 0.5, 0.0, 1.0);
  gl_FragColor = gap() ? vec4(0.0) : mix(v_color, vec4(0.0), t);
#endif
}`;

/** Edges as lines that are full, dashed (1), dotted (2) or both in turn (3). */
class DashProgram extends EdgeProgram {
  getDefinition() {
    return {
      VERTICES: 6,
      VERTEX_SHADER_SOURCE: edgeVertex,
      FRAGMENT_SHADER_SOURCE: edgeFragment,
      METHOD: TRIANGLES,
      UNIFORMS: ['u_matrix', 'u_sizeRatio', 'u_viewport'],
      ATTRIBUTES: [
        { name: 'a_from', size: 2, type: FLOAT },
        { name: 'a_to', size: 2, type: FLOAT },
        { name: 'a_width', size: 1, type: FLOAT },
        { name: 'a_dash', size: 1, type: FLOAT },
        { name: 'a_color', size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: 'a_id', size: 4, type: UNSIGNED_BYTE, normalized: true },
      ],
      CONSTANT_ATTRIBUTES: [
        { name: 'a_along', size: 1, type: FLOAT },
        { name: 'a_side', size: 1, type: FLOAT },
      ],
      CONSTANT_DATA: [
        [0, 1],
        [0, -1],
        [1, 1],
        [1, 1],
        [0, -1],
        [1, -1],
      ],
    };
  }

  processVisibleItem(id: number, at: number, from: NodeDisplayData, to: NodeDisplayData, data: EdgeDisplayData): void {
    const a = this.array;
    a[at++] = from.x;
    a[at++] = from.y;
    a[at++] = to.x;
    a[at++] = to.y;
    a[at++] = data.size || 1;
    a[at++] = (data as EdgeDisplayData & { dash: number }).dash;
    a[at++] = floatColor(data.color);
    a[at] = id;
  }

  setUniforms(params: RenderParams, { gl, uniformLocations: u }: any): void {
    gl.uniformMatrix3fv(u.u_matrix, false, params.matrix);
    gl.uniform1f(u.u_sizeRatio, params.sizeRatio);
    gl.uniform2f(u.u_viewport, params.width, params.height);
  }
}

/** Edges with an arrow head at their object. */
export const ArrowProgram = createEdgeCompoundProgram([DashProgram as any, EdgeArrowHeadProgram]);
