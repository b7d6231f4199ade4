// Draws marks: one quad each, and in it a signed distance to the mark's outline, in device pixels.

struct Room { size: vec2<f32>, density: f32, unused: f32 }
@group(0) @binding(0) var<uniform> room: Room;
@group(0) @binding(1) var signs: texture_2d<f32>;
@group(0) @binding(2) var smooth_sampler: sampler;

const DISC = 0u; const DIAMOND = 1u; const SQUARE = 2u; const TRIANGLE = 3u; const HEXAGON = 4u;
const BODY = 5u; const HOUSE = 6u; const BEAM = 7u; const LINE = 8u; const SIGN = 9u;
const SIGN_COUNT = 8.0;
const SOURCE = 5.0;

struct Shown {
  @builtin(position) position: vec4<f32>,
  @location(0) at: vec2<f32>,
  @location(1) @interpolate(flat) half: vec2<f32>,
  // Width of the outline, and what the shape wants besides.
  @location(2) @interpolate(flat) rest: vec2<f32>,
  @location(3) @interpolate(flat) fill: vec4<f32>,
  @location(4) @interpolate(flat) line: vec4<f32>,
  @location(5) @interpolate(flat) form: u32,
}

@vertex fn place(
  @builtin(vertex_index) corner: u32,
  @location(0) where_: vec4<f32>,
  @location(1) rest: vec2<f32>,
  @location(2) fill: vec4<f32>,
  @location(3) line: vec4<f32>,
  @location(4) form: u32,
) -> Shown {
  let centre = where_.xy * room.density;
  let half = where_.zw * room.density;
  let width = rest.x * room.density;
  let pad = width + 2.0;
  let side = vec2<f32>(f32(corner & 1u), f32(corner >> 1u)) * 2.0 - 1.0;
  var at = side * (abs(half) + pad);
  if form == LINE {
    let length = max(length(half), 0.001);
    let along = half / length;
    let across = vec2<f32>(-along.y, along.x);
    at = half * 0.5 + along * side.x * (length * 0.5 + pad) + across * side.y * pad;
  } else if form == BEAM {
    let reach = max(half.x, abs(rest.y) * room.density + SOURCE * room.density) + pad;
    at = vec2<f32>(side.x * reach, select(-half.y - pad, half.x * 0.43 + pad, side.y > 0.0));
  } else if form == BODY || form == DIAMOND || form == TRIANGLE || form == HEXAGON || form == HOUSE {
    at = side * (half * 1.25 + pad * 2.0);
  }
  let detail = select(rest.y, rest.y * room.density, form == DISC || form == BEAM);
  let clip = (centre + at) / (room.size * room.density) * 2.0 - 1.0;
  return Shown(vec4<f32>(clip.x, -clip.y, 0.0, 1.0), at, half, vec2<f32>(width, detail), fill, line, form);
}

fn ellipse(p: vec2<f32>, half: vec2<f32>) -> f32 {
  let near = length(p / half);
  let steep = length(p / (half * half));
  return select(near * (near - 1.0) / steep, -min(half.x, half.y), steep < 1e-6);
}

fn body(p: vec2<f32>, half: vec2<f32>) -> f32 {
  let t = clamp((p.y / half.y + 1.0) * 0.5, 0.0, 1.0);
  let wide = half.x * mix(0.46, 1.0, t * t * (3.0 - 2.0 * t));
  let slope = 0.54 * half.x * 6.0 * t * (1.0 - t) / (2.0 * half.y);
  let sides = (abs(p.x) - wide) / sqrt(1.0 + slope * slope);
  let round = p.x / half.x;
  let foot = p.y - half.y * (1.0 + 0.2125 * (1.0 - round * round));
  return max(sides, max(foot, -half.y - p.y));
}

fn distance_to(form: u32, p: vec2<f32>, half: vec2<f32>, detail: f32) -> f32 {
  let q = abs(p);
  switch form {
    case DISC: { return ellipse(p, half); }
    case DIAMOND: { return (q.x * half.y + q.y * half.x - half.x * half.y) / length(half); }
    case SQUARE: {
      let d = q - half;
      return length(max(d, vec2<f32>(0.0))) + min(max(d.x, d.y), 0.0);
    }
    case TRIANGLE: {
      let slope = (2.0 * half.y * q.x - half.x * (p.y + half.y)) / length(vec2<f32>(2.0 * half.y, half.x));
      return max(slope, p.y - half.y);
    }
    case HEXAGON: {
      let slope = (0.5 * half.y * q.x + half.x * q.y - half.x * half.y) / length(vec2<f32>(0.5 * half.y, half.x));
      return max(q.x - half.x, slope);
    }
    case BODY: { return body(p, half); }
    case HOUSE: {
      let rise = 2.0 * half.y * (1.0 - detail);
      let roof = (rise * q.x - half.x * (p.y + half.y)) / length(vec2<f32>(rise, half.x));
      return max(max(q.x - half.x, abs(p.y) - half.y), roof);
    }
    case BEAM: {
      let up = clamp(-p.y / half.y, 0.0, 1.0);
      let wide = mix(half.x, SOURCE * room.density, up);
      let slope = (abs(detail) + half.x) / half.y;
      let cone = max((abs(p.x - detail * up) - wide) / sqrt(1.0 + slope * slope), max(p.y, -half.y - p.y));
      return min(cone, ellipse(p, vec2<f32>(half.x, half.x * 0.43)));
    }
    default: {
      let t = clamp(dot(p, half) / max(dot(half, half), 1e-6), 0.0, 1.0);
      return length(p - half * t);
    }
  }
}

// How much of a pixel a line covers: one thinner than a pixel is paler instead.
fn stroke(distance: f32, width: f32) -> f32 {
  return min(width, 1.0) * clamp(0.5 + 0.5 * max(width, 1.0) - abs(distance), 0.0, 1.0);
}

@fragment fn show(mark: Shown) -> @location(0) vec4<f32> {
  if mark.form == SIGN {
    // Signs were written twice as large as their cell's half, with room around them.
    let cell = mark.at / (mark.half * 2.0) + 0.5;
    let at = vec2<f32>((mark.rest.y + clamp(cell.x, 0.0, 1.0)) / SIGN_COUNT, clamp(cell.y, 0.0, 1.0));
    let cover = textureSampleLevel(signs, smooth_sampler, at, 0.0).a * mark.fill.a;
    return vec4<f32>(mark.fill.rgb * cover, cover);
  }
  let d = distance_to(mark.form, mark.at, mark.half, mark.rest.y);
  var lined = stroke(d, mark.rest.x) * mark.line.a;
  if mark.form == LINE {
    return vec4<f32>(mark.line.rgb * lined, lined);
  }
  if mark.form == DISC && mark.rest.y > 0.0 {
    let around = 3.1416 * (mark.half.x + mark.half.y);
    let dashes = max(round(around / (2.0 * mark.rest.y)), 1.0);
    let turn = atan2(mark.at.y / mark.half.y, mark.at.x / mark.half.x) / 6.2832 + 1.0;
    lined *= f32(fract(turn * dashes) < 0.5);
  }
  let filled = clamp(0.5 - d, 0.0, 1.0) * mark.fill.a * (1.0 - lined);
  return vec4<f32>(mark.fill.rgb * filled + mark.line.rgb * lined, filled + lined);
}
