package mfg.eval.catalogue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import mfg.core.InvalidInputException;
import mfg.core.catalogue.Game;
import mfg.eval.io.Failure;

/** A user's file of Java, compiled in memory. */
final class SourceFile {

    /** More errors than these help nobody. */
    private static final int MOST_ERRORS = 3;

    private SourceFile() {}

    /**
     * Compiles a file and finds its games.
     *
     * @throws InvalidInputException if it does not compile, with lines and columns
     */
    static List<Class<? extends Game>> games(Path file) throws IOException {
        Map<String, byte[]> classes = compiled(file);
        ClassLoader loader = new ClassLoader(Failure.OF_A_GAME, SourceFile.class.getClassLoader()) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                byte[] bytes = classes.get(name);
                if (bytes == null) {
                    throw new ClassNotFoundException(name);
                }
                return defineClass(name, bytes, 0, bytes.length);
            }
        };
        List<Class<? extends Game>> games = new ArrayList<>();
        for (String name : classes.keySet()) {
            try {
                Class<?> type = Class.forName(name, false, loader);
                if (Game.class.isAssignableFrom(type)
                        && !type.isInterface()
                        && (type.getModifiers() & java.lang.reflect.Modifier.ABSTRACT) == 0
                        && !type.isAnonymousClass()) {
                    games.add(type.asSubclass(Game.class));
                }
            } catch (ClassNotFoundException | LinkageError e) {
                throw new InvalidInputException("%s cannot be loaded: %s".formatted(file, e.getMessage()), e);
            }
        }
        return games;
    }

    private static Map<String, byte[]> compiled(Path file) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new InvalidInputException(
                    "%s must be compiled, but this Java has no compiler; use a JDK".formatted(file));
        }
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        Map<String, ByteArrayOutputStream> outputs = new LinkedHashMap<>();
        try (StandardJavaFileManager standard =
                        compiler.getStandardFileManager(found, Locale.ROOT, StandardCharsets.UTF_8);
                JavaFileManager memory = new InMemory(standard, outputs)) {
            List<String> options = List.of("-g", "-proc:none", "-nowarn", "-classpath", classPath());
            boolean done = compiler.getTask(
                            null, memory, found, options, null, standard.getJavaFileObjects(file.toFile()))
                    .call();
            if (!done) {
                throw new InvalidInputException(refusal(file, found.getDiagnostics()));
            }
        }
        Map<String, byte[]> classes = new LinkedHashMap<>();
        outputs.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
        return classes;
    }

    /** Where this software lies: in what Java was started with, or, on an executor of Spark, in what its class loader was given. */
    private static String classPath() throws IOException {
        List<String> entries = new ArrayList<>();
        if (SourceFile.class.getClassLoader() instanceof URLClassLoader loader) {
            for (URL url : loader.getURLs()) {
                try {
                    entries.add(Path.of(url.toURI()).toString());
                } catch (URISyntaxException e) {
                    throw new IOException(e);
                }
            }
        }
        entries.add(System.getProperty("java.class.path"));
        return String.join(File.pathSeparator, entries);
    }

    private static String refusal(Path file, List<Diagnostic<? extends JavaFileObject>> diagnostics) {
        List<Diagnostic<? extends JavaFileObject>> errors = diagnostics.stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .toList();
        String first = errors.stream()
                .limit(MOST_ERRORS)
                .map(error -> "line %d, column %d: %s"
                        .formatted(
                                error.getLineNumber(),
                                error.getColumnNumber(),
                                error.getMessage(Locale.ROOT).replaceAll("\\s*\\R\\s*", ", ")))
                .collect(Collectors.joining("; "));
        String more = errors.size() > MOST_ERRORS ? "; and %d more".formatted(errors.size() - MOST_ERRORS) : "";
        return "%s does not compile: %s%s".formatted(file, first, more);
    }

    /** Keeps compiled classes in memory. */
    private static final class InMemory extends ForwardingJavaFileManager<StandardJavaFileManager> {

        private final Map<String, ByteArrayOutputStream> outputs;

        InMemory(StandardJavaFileManager manager, Map<String, ByteArrayOutputStream> outputs) {
            super(manager);
            this.outputs = outputs;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("memory:///" + name.replace('.', '/') + kind.extension), kind) {
                @Override
                public OutputStream openOutputStream() {
                    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                    outputs.put(name, bytes);
                    return bytes;
                }
            };
        }
    }
}
