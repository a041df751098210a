package mfg.eval.view;

import java.awt.image.BufferedImage;
import java.awt.image.RenderedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import mfg.core.AtomicFile;

/** Pictures one after the other, for ever, as a GIF. */
public final class Animation {

    private static final String FORMAT = "javax_imageio_gif_image_1.0";

    private Animation() {}

    /**
     * Writes an animation.
     *
     * @param file where to
     * @param frames pictures of one size, drawn as they are written
     * @param milliseconds how long each is seen, in steps of 10
     */
    public static void save(Path file, Stream<BufferedImage> frames, int milliseconds) throws IOException {
        AtomicFile.write(file, out -> write(out, frames.iterator(), milliseconds));
    }

    private static void write(OutputStream out, Iterator<BufferedImage> frames, int milliseconds) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
        try (ImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.prepareWriteSequence(null);
            ImageWriteParam rowByRow = writer.getDefaultWriteParam();
            rowByRow.setProgressiveMode(ImageWriteParam.MODE_DISABLED); // smaller
            while (frames.hasNext()) {
                RenderedImage frame = frames.next();
                writer.writeToSequence(new IIOImage(frame, null, metadata(writer, frame, milliseconds)), rowByRow);
            }
            writer.endWriteSequence();
        } finally {
            writer.dispose();
        }
    }

    private static IIOMetadata metadata(ImageWriter writer, RenderedImage frame, int milliseconds) throws IOException {
        IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(frame), null);
        IIOMetadataNode control = new IIOMetadataNode("GraphicControlExtension");
        control.setAttribute("disposalMethod", "none");
        control.setAttribute("userInputFlag", "FALSE");
        control.setAttribute("transparentColorFlag", "FALSE");
        control.setAttribute("transparentColorIndex", "0");
        control.setAttribute("delayTime", Integer.toString(milliseconds / 10));
        IIOMetadataNode again = new IIOMetadataNode("ApplicationExtension");
        again.setAttribute("applicationID", "NETSCAPE");
        again.setAttribute("authenticationCode", "2.0");
        again.setUserObject(new byte[] {1, 0, 0}); // how often: 0 is for ever
        IIOMetadataNode extensions = new IIOMetadataNode("ApplicationExtensions");
        extensions.appendChild(again);
        IIOMetadataNode root = new IIOMetadataNode(FORMAT);
        root.appendChild(control);
        root.appendChild(extensions);
        metadata.mergeTree(FORMAT, root);
        return metadata;
    }
}
