//! The renderer for WebGPU: every mark is an instance of one quad, drawn by `marks.wgsl`.
//!
//! It is used where a graphics card does the work: one call a frame, whatever the number of people.

use super::mark::{Form, Mark, SIGNS};
use super::palette::{Colour, Palette};
use super::plane::sign;
use super::scene::Scene;
use super::sight::{Camera, Sight};
use super::{Moment, Renderer, sketch};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};
use wgpu_page as wgpu;

/// Bytes of a mark: place and size, width and detail, two colours, the form.
const STRIDE: u64 = 36;
/// Device pixels of a sign's cell: larger than signs get on any screen.
const CELL: u32 = 48;
/// Names of adapters that compute on the processor. There 2-D canvases are faster.
const SOFTWARE: [&str; 4] = ["swiftshader", "llvmpipe", "lavapipe", "basic render"];

/// Draws with WebGPU.
pub struct LensRenderer {
    canvas: HtmlCanvasElement,
    surface: wgpu::Surface<'static>,
    device: wgpu::Device,
    queue: wgpu::Queue,
    settings: wgpu::SurfaceConfiguration,
    pipeline: wgpu::RenderPipeline,
    group: wgpu::BindGroup,
    room: wgpu::Buffer,
    instances: wgpu::Buffer,
    broken: Arc<AtomicBool>,
    marks: Vec<Mark>,
    bytes: Vec<u8>,
    size: (f64, f64),
}

impl LensRenderer {
    /// Takes a canvas of its own; none where there is no WebGPU, or only one that computes on the
    /// processor (unless `any` will do), or where it does not work.
    pub async fn open(canvas: HtmlCanvasElement, any: bool) -> Option<Self> {
        let mut wishes = wgpu::InstanceDescriptor::new_without_display_handle();
        wishes.backends = wgpu::Backends::BROWSER_WEBGPU;
        let instance = wgpu::Instance::new(wishes);
        // The context is taken last: until then the canvas costs nothing.
        let adapter = instance
            .request_adapter(&wgpu::RequestAdapterOptions::default())
            .await
            .ok()?;
        if !any && is_software(&adapter.get_info()) {
            return None;
        }
        let (device, queue) = adapter
            .request_device(&wgpu::DeviceDescriptor::default())
            .await
            .ok()?;
        let broken = Arc::new(AtomicBool::new(false));
        let (lost, failed) = (Arc::clone(&broken), Arc::clone(&broken));
        device.set_device_lost_callback(move |_, _| lost.store(true, Ordering::Relaxed));
        device.on_uncaptured_error(Arc::new(move |_| failed.store(true, Ordering::Relaxed)));
        let target = wgpu::SurfaceTarget::Canvas(canvas.clone());
        let surface = instance.create_surface(target).ok()?;
        let mut settings = surface.get_default_config(&adapter, 1, 1)?;
        settings.alpha_mode = wgpu::CompositeAlphaMode::PreMultiplied;
        surface.configure(&device, &settings);
        let pipeline = pipeline(&device, settings.format);
        let room = buffer(&device, 16, wgpu::BufferUsages::UNIFORM);
        let group = group(&device, &queue, &pipeline, &room)?;
        Some(Self {
            instances: buffer(&device, 1024 * STRIDE, wgpu::BufferUsages::VERTEX),
            canvas,
            surface,
            device,
            queue,
            settings,
            pipeline,
            group,
            room,
            broken,
            marks: Vec::new(),
            bytes: Vec::new(),
            size: (1.0, 1.0),
        })
    }

    /// Brings the marks to the device.
    fn upload(&mut self) {
        self.bytes.clear();
        for mark in &self.marks {
            encode(mark, &mut self.bytes);
        }
        let length = self.bytes.len() as u64;
        if length > self.instances.size() {
            let size = length.next_power_of_two().div_ceil(STRIDE) * STRIDE;
            self.instances = buffer(&self.device, size, wgpu::BufferUsages::VERTEX);
        }
        self.queue.write_buffer(&self.instances, 0, &self.bytes);
    }

    fn show(&self) {
        use wgpu::CurrentSurfaceTexture::{Lost, Suboptimal, Success};
        let frame = match self.surface.get_current_texture() {
            Success(frame) | Suboptimal(frame) => frame,
            Lost => return self.broken.store(true, Ordering::Relaxed),
            // The next frame is another chance.
            _ => return,
        };
        let view = frame.texture.create_view(&Default::default());
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
        // A few thousand marks.
        pass.draw(0..4, 0..self.marks.len() as u32);
        drop(pass);
        self.queue.submit([encoder.finish()]);
        self.queue.present(frame);
    }
}

impl Renderer for LensRenderer {
    fn resize(&mut self, width: f64, height: f64, density: f64) {
        self.size = (width, height);
        let pixels = |length: f64| {
            // A texture is 8192 pixels wide at most, even on the smallest devices.
            (length * density).round().clamp(1.0, 8192.0) as u32
        };
        (self.settings.width, self.settings.height) = (pixels(width), pixels(height));
        self.canvas.set_width(self.settings.width);
        self.canvas.set_height(self.settings.height);
        self.surface.configure(&self.device, &self.settings);
        let room = [width as f32, height as f32, density as f32, 0.0];
        let bytes: Vec<u8> = room.into_iter().flat_map(f32::to_le_bytes).collect();
        self.queue.write_buffer(&self.room, 0, &bytes);
    }

    fn paint(&mut self, scene: &Scene, palette: &Palette, camera: Camera, moment: Moment) -> bool {
        if !self.works() {
            return false;
        }
        let sight = Sight::of(self.size.0, self.size.1, &scene.arrangement, camera);
        let moves = sketch(scene, palette, &sight, moment, &mut self.marks);
        self.upload();
        self.show();
        moves
    }

    fn works(&self) -> bool {
        !self.broken.load(Ordering::Relaxed)
    }
}

fn is_software(adapter: &wgpu::AdapterInfo) -> bool {
    let names = [&adapter.name, &adapter.driver, &adapter.driver_info];
    adapter.device_type == wgpu::DeviceType::Cpu
        || names.into_iter().any(|name| {
            let name = name.to_ascii_lowercase();
            SOFTWARE.iter().any(|software| name.contains(software))
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
) -> Option<wgpu::BindGroup> {
    // There are eight signs.
    let (width, height) = (CELL * SIGNS.len() as u32, CELL);
    let size = wgpu::Extent3d {
        width,
        height,
        depth_or_array_layers: 1,
    };
    let texture = device.create_texture(&wgpu::TextureDescriptor {
        label: None,
        size,
        mip_level_count: 1,
        sample_count: 1,
        dimension: wgpu::TextureDimension::D2,
        format: wgpu::TextureFormat::Rgba8Unorm,
        usage: wgpu::TextureUsages::TEXTURE_BINDING | wgpu::TextureUsages::COPY_DST,
        view_formats: &[],
    });
    let layout = wgpu::TexelCopyBufferLayout {
        offset: 0,
        bytes_per_row: Some(4 * width),
        rows_per_image: Some(height),
    };
    queue.write_texture(
        texture.as_image_copy(),
        &written(width, height)?,
        layout,
        size,
    );
    let sampler = device.create_sampler(&wgpu::SamplerDescriptor {
        mag_filter: wgpu::FilterMode::Linear,
        min_filter: wgpu::FilterMode::Linear,
        ..Default::default()
    });
    let view = texture.create_view(&Default::default());
    let resources = [
        room.as_entire_binding(),
        wgpu::BindingResource::TextureView(&view),
        wgpu::BindingResource::Sampler(&sampler),
    ];
    let entries: Vec<_> = (0..)
        .zip(resources)
        .map(|(binding, resource)| wgpu::BindGroupEntry { binding, resource })
        .collect();
    Some(device.create_bind_group(&wgpu::BindGroupDescriptor {
        label: None,
        layout: &pipeline.get_bind_group_layout(0),
        entries: &entries,
    }))
}

/// The signs, written side by side by a 2-D canvas; bytes of red, green, blue and alpha.
fn written(width: u32, height: u32) -> Option<Vec<u8>> {
    let canvas = web_sys::window()?
        .document()?
        .create_element("canvas")
        .ok()?;
    let canvas: HtmlCanvasElement = canvas.dyn_into().ok()?;
    canvas.set_width(width);
    canvas.set_height(height);
    let context = canvas.get_context("2d").ok()??;
    let context: CanvasRenderingContext2d = context.dyn_into().ok()?;
    let half = f64::from(CELL) / 2.0;
    for number in 0..SIGNS.len() {
        let centre = (half + f64::from(CELL) * number as f64, half);
        sign(
            &context,
            &Mark::new(Form::Sign, centre, (half, half)).with(number as f64),
        );
    }
    let picture = context.get_image_data(0.0, 0.0, f64::from(width), f64::from(height));
    Some(picture.ok()?.data().0)
}

/// A mark as the shader's vertex stage reads it.
fn encode(mark: &Mark, bytes: &mut Vec<u8>) {
    let numbers = [
        mark.centre.0,
        mark.centre.1,
        mark.half.0,
        mark.half.1,
        mark.width,
        mark.detail,
    ];
    for number in numbers {
        bytes.extend_from_slice(&(number as f32).to_le_bytes());
    }
    for colour in [mark.fill, mark.line] {
        let Colour {
            red,
            green,
            blue,
            alpha,
        } = colour;
        bytes.extend_from_slice(&[red, green, blue, alpha]);
    }
    bytes.extend_from_slice(&number_of(mark.form).to_le_bytes());
}

/// The number that `marks.wgsl` gives a form.
fn number_of(form: Form) -> u32 {
    match form {
        Form::Disc => 0,
        Form::Diamond => 1,
        Form::Square => 2,
        Form::Triangle => 3,
        Form::Hexagon => 4,
        Form::Body => 5,
        Form::House => 6,
        Form::Beam => 7,
        Form::Line => 8,
        Form::Sign => 9,
    }
}
