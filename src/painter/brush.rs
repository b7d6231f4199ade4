//! The device, and what it needs to draw marks: every one is an instance of one quad, drawn by
//! `marks.wgsl`.

use crate::lab::drawing::STRIDE;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use wasm_bindgen::{Clamped, JsCast};
use web_sys::{ImageData, OffscreenCanvas, OffscreenCanvasRenderingContext2d as Context};
use wgpu_painter as wgpu;

/// How many signs the picture has; the shader knows too.
const SIGNS: u32 = 8;
/// A texture is at most this wide on the smallest devices.
const WIDEST: f32 = 8192.0;

/// Where the pixels go.
enum Target {
    /// Onto the canvas.
    Surface(wgpu::Surface<'static>, wgpu::SurfaceConfiguration),
    /// Into a texture, to be read and carried to the canvas. Browsers that compute WebGPU on the
    /// processor can't show it (Chromium 148 loses the device over it), and tests have no other.
    Carried(Context, Option<(wgpu::Texture, wgpu::Buffer)>),
}

/// Draws marks on a canvas.
pub struct Brush {
    canvas: OffscreenCanvas,
    target: Target,
    size: (u32, u32),
    device: wgpu::Device,
    queue: wgpu::Queue,
    pipeline: wgpu::RenderPipeline,
    group: wgpu::BindGroup,
    room: wgpu::Buffer,
    instances: wgpu::Buffer,
    broken: Arc<AtomicBool>,
}

impl Brush {
    /// Opens a device for a canvas; none where there is none, or it does not work. `signs` is the
    /// picture of all signs; `carried`: pixels are read and carried to the canvas.
    pub async fn open(canvas: OffscreenCanvas, signs: &[u8], carried: bool) -> Option<Self> {
        let mut wishes = wgpu::InstanceDescriptor::new_without_display_handle();
        wishes.backends = wgpu::Backends::BROWSER_WEBGPU;
        let instance = wgpu::Instance::new(wishes);
        let adapter = instance
            .request_adapter(&wgpu::RequestAdapterOptions::default())
            .await
            .ok()?;
        let (device, queue) = adapter
            .request_device(&wgpu::DeviceDescriptor::default())
            .await
            .ok()?;
        let broken = Arc::new(AtomicBool::new(false));
        let failed = Arc::clone(&broken);
        device.on_uncaptured_error(Arc::new(move |_| failed.store(true, Ordering::Relaxed)));
        let (target, format) = if carried {
            let context = canvas.get_context("2d").ok()??;
            let context: Context = context.dyn_into().ok()?;
            let format = wgpu::TextureFormat::Rgba8Unorm;
            (Target::Carried(context, None), format)
        } else {
            let shown = wgpu::SurfaceTarget::OffscreenCanvas(canvas.clone());
            let surface = instance.create_surface(shown).ok()?;
            let mut settings = surface.get_default_config(&adapter, 1, 1)?;
            settings.alpha_mode = wgpu::CompositeAlphaMode::PreMultiplied;
            surface.configure(&device, &settings);
            let format = settings.format;
            (Target::Surface(surface, settings), format)
        };
        let pipeline = pipeline(&device, format);
        let room = buffer(&device, 16, wgpu::BufferUsages::UNIFORM);
        let group = group(&device, &queue, &pipeline, &room, signs);
        Some(Self {
            instances: buffer(&device, 1024 * STRIDE, wgpu::BufferUsages::VERTEX),
            canvas,
            target,
            size: (1, 1),
            device,
            queue,
            pipeline,
            group,
            room,
            broken,
        })
    }

    /// What is to happen when the device is lost.
    pub fn when_broken(&self, tell: fn()) {
        let broken = Arc::clone(&self.broken);
        self.device.set_device_lost_callback(move |_, _| {
            broken.store(true, Ordering::Relaxed);
            tell();
        });
    }

    /// The canvas gets another size: CSS pixels, and device pixels for each of them.
    pub fn resize(&mut self, width: f32, height: f32, density: f32) {
        // Cut off at a width that fits.
        let pixels = |length: f32| (length * density).round().clamp(1.0, WIDEST) as u32;
        self.size = (pixels(width), pixels(height));
        self.canvas.set_width(self.size.0);
        self.canvas.set_height(self.size.1);
        match &mut self.target {
            Target::Surface(surface, settings) => {
                (settings.width, settings.height) = self.size;
                surface.configure(&self.device, settings);
            }
            Target::Carried(_, sheet) => *sheet = Some(sheet_of(&self.device, self.size)),
        }
        let room = [width, height, density, 0.0];
        let bytes: Vec<u8> = room.into_iter().flat_map(f32::to_le_bytes).collect();
        self.queue.write_buffer(&self.room, 0, &bytes);
    }

    /// Draws marks, [`STRIDE`] bytes each, and says whether that went well, perhaps later.
    pub fn draw(&mut self, marks: &[u8], tell: fn(bool)) {
        use wgpu::CurrentSurfaceTexture::{Lost, Suboptimal, Success};
        if self.broken.load(Ordering::Relaxed) {
            return tell(false);
        }
        let length = marks.len() as u64;
        if length > self.instances.size() {
            let size = length.next_power_of_two().next_multiple_of(STRIDE);
            self.instances = buffer(&self.device, size, wgpu::BufferUsages::VERTEX);
        }
        self.queue.write_buffer(&self.instances, 0, marks);
        // A few thousand marks.
        let count = (length / STRIDE) as u32;
        match &self.target {
            Target::Surface(surface, _) => match surface.get_current_texture() {
                Success(frame) | Suboptimal(frame) => {
                    let encoder = self.encode(&frame.texture, count);
                    self.queue.submit([encoder.finish()]);
                    self.queue.present(frame);
                    tell(true);
                }
                Lost => tell(false),
                // The next frame is another chance.
                _ => tell(true),
            },
            Target::Carried(context, Some((texture, bytes))) => {
                let mut encoder = self.encode(texture, count);
                let row = row_of(self.size.0);
                let layout = wgpu::TexelCopyBufferLayout {
                    offset: 0,
                    bytes_per_row: Some(row),
                    rows_per_image: None,
                };
                let copied = wgpu::TexelCopyBufferInfo {
                    buffer: bytes,
                    layout,
                };
                encoder.copy_texture_to_buffer(texture.as_image_copy(), copied, texture.size());
                self.queue.submit([encoder.finish()]);
                let (context, mapped, width) = (context.clone(), bytes.clone(), self.size.0);
                bytes.map_async(wgpu::MapMode::Read, .., move |read| {
                    tell(read.is_ok() && carry(&context, &mapped, width, row).is_some());
                    mapped.unmap();
                });
            }
            Target::Carried(_, None) => tell(true),
        }
    }

    /// The commands that draw so many marks on nothing.
    fn encode(&self, texture: &wgpu::Texture, count: u32) -> wgpu::CommandEncoder {
        let view = texture.create_view(&Default::default());
        let mut encoder = self.device.create_command_encoder(&Default::default());
        let mut pass = encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
            color_attachments: &[Some(wgpu::RenderPassColorAttachment {
                view: &view,
                depth_slice: None,
                resolve_target: None,
                ops: wgpu::Operations {
                    load: wgpu::LoadOp::Clear(wgpu::Color::TRANSPARENT),
                    store: wgpu::StoreOp::Store,
                },
            })],
            ..Default::default()
        });
        pass.set_pipeline(&self.pipeline);
        pass.set_bind_group(0, &self.group, &[]);
        pass.set_vertex_buffer(0, self.instances.slice(..));
        pass.draw(0..4, 0..count);
        drop(pass);
        encoder
    }
}

/// Bytes of a row of pixels in a buffer, where rows begin at multiples of 256.
fn row_of(width: u32) -> u32 {
    (width * 4).next_multiple_of(256)
}

/// A texture to draw on, and a buffer to read it from.
fn sheet_of(device: &wgpu::Device, (width, height): (u32, u32)) -> (wgpu::Texture, wgpu::Buffer) {
    let usage = wgpu::TextureUsages::RENDER_ATTACHMENT | wgpu::TextureUsages::COPY_SRC;
    let size = u64::from(row_of(width)) * u64::from(height);
    (
        texture(device, (width, height), usage),
        buffer(device, size, wgpu::BufferUsages::MAP_READ),
    )
}

/// Brings pixels to the canvas, which wants colours that alpha is not multiplied into.
fn carry(context: &Context, bytes: &wgpu::Buffer, width: u32, row: u32) -> Option<()> {
    let rows = bytes.get_mapped_range(..).ok()?;
    let mut pixels = Vec::with_capacity(rows.len());
    for line in rows.chunks(row as usize) {
        for pixel in line.chunks_exact(4).take(width as usize) {
            let [red, green, blue, alpha] = [0, 1, 2, 3].map(|i| u32::from(pixel[i]));
            // Never more than alpha, so never more than a byte.
            let part = |part: u32| (part * 255 / alpha.max(1)).min(255) as u8;
            pixels.extend_from_slice(&[part(red), part(green), part(blue), alpha as u8]);
        }
    }
    drop(rows);
    let picture = ImageData::new_with_u8_clamped_array(Clamped(&pixels), width).ok()?;
    context.put_image_data(&picture, 0.0, 0.0).ok()
}

fn texture(
    device: &wgpu::Device,
    (width, height): (u32, u32),
    usage: wgpu::TextureUsages,
) -> wgpu::Texture {
    device.create_texture(&wgpu::TextureDescriptor {
        label: None,
        size: wgpu::Extent3d {
            width,
            height,
            depth_or_array_layers: 1,
        },
        mip_level_count: 1,
        sample_count: 1,
        dimension: wgpu::TextureDimension::D2,
        format: wgpu::TextureFormat::Rgba8Unorm,
        usage,
        view_formats: &[],
    })
}

fn buffer(device: &wgpu::Device, size: u64, usage: wgpu::BufferUsages) -> wgpu::Buffer {
    device.create_buffer(&wgpu::BufferDescriptor {
        label: None,
        size,
        usage: usage | wgpu::BufferUsages::COPY_DST,
        mapped_at_creation: false,
    })
}

fn pipeline(device: &wgpu::Device, format: wgpu::TextureFormat) -> wgpu::RenderPipeline {
    let module = device.create_shader_module(wgpu::ShaderModuleDescriptor {
        label: None,
        source: wgpu::ShaderSource::Wgsl(include_str!("marks.wgsl").into()),
    });
    device.create_render_pipeline(&wgpu::RenderPipelineDescriptor {
        label: None,
        layout: None,
        vertex: wgpu::VertexState {
            module: &module,
            entry_point: Some("place"),
            compilation_options: Default::default(),
            buffers: &[Some(wgpu::VertexBufferLayout {
                array_stride: STRIDE,
                step_mode: wgpu::VertexStepMode::Instance,
                attributes: &wgpu::vertex_attr_array![
                    0 => Float32x4, 1 => Float32x2, 2 => Unorm8x4, 3 => Unorm8x4, 4 => Uint32
                ],
            })],
        },
        fragment: Some(wgpu::FragmentState {
            module: &module,
            entry_point: Some("show"),
            compilation_options: Default::default(),
            targets: &[Some(wgpu::ColorTargetState {
                format,
                blend: Some(wgpu::BlendState::PREMULTIPLIED_ALPHA_BLENDING),
                write_mask: wgpu::ColorWrites::ALL,
            })],
        }),
        primitive: wgpu::PrimitiveState {
            topology: wgpu::PrimitiveTopology::TriangleStrip,
            ..Default::default()
        },
        depth_stencil: None,
        multisample: Default::default(),
        multiview_mask: None,
        cache: None,
    })
}

/// What the shader reads besides the marks: the canvas's size, and the signs as a picture.
fn group(
    device: &wgpu::Device,
    queue: &wgpu::Queue,
    pipeline: &wgpu::RenderPipeline,
    room: &wgpu::Buffer,
    signs: &[u8],
) -> wgpu::BindGroup {
    let height = (1..=256u32)
        .find(|height| 4 * SIGNS * height * height >= signs.len() as u32)
        .unwrap_or(1);
    let usage = wgpu::TextureUsages::TEXTURE_BINDING | wgpu::TextureUsages::COPY_DST;
    let texture = texture(device, (SIGNS * height, height), usage);
    let layout = wgpu::TexelCopyBufferLayout {
        offset: 0,
        bytes_per_row: Some(4 * SIGNS * height),
        rows_per_image: Some(height),
    };
    queue.write_texture(texture.as_image_copy(), signs, layout, texture.size());
    let sampler = device.create_sampler(&wgpu::SamplerDescriptor {
        mag_filter: wgpu::FilterMode::Linear,
        min_filter: wgpu::FilterMode::Linear,
        ..Default::default()
    });
    let view = texture.create_view(&Default::default());
    let entry = |binding, resource| wgpu::BindGroupEntry { binding, resource };
    device.create_bind_group(&wgpu::BindGroupDescriptor {
        label: None,
        layout: &pipeline.get_bind_group_layout(0),
        entries: &[
            entry(0, room.as_entire_binding()),
            entry(1, wgpu::BindingResource::TextureView(&view)),
            entry(2, wgpu::BindingResource::Sampler(&sampler)),
        ],
    })
}
