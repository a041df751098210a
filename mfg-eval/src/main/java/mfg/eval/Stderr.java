package mfg.eval;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Constructor;

/**
 * Where stderr goes. Java warns there before any program begins; the launcher filters that, and keeps another descriptor
 * open for what the program itself says.
 */
final class Stderr {

    private Stderr() {}

    /** Writes to the descriptor that the property {@code mfg.stderr} names; changes nothing where that cannot be. */
    static void choose() {
        Integer number = Integer.getInteger("mfg.stderr");
        if (number == null) {
            return;
        }
        try {
            // opening it by name would have an offset of its own, and so overwrite a file that stdout goes to, too
            Constructor<FileDescriptor> descriptor = FileDescriptor.class.getDeclaredConstructor(int.class);
            descriptor.setAccessible(true);
            FileOutputStream out = new FileOutputStream(descriptor.newInstance(number));
            System.setErr(new PrintStream(new BufferedOutputStream(out), true));
        } catch (ReflectiveOperationException | RuntimeException e) {
            return; // the usual one will do
        }
    }
}
