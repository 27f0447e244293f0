package io.tenantry.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The classes of this module. */
final class Classes {
    private static final Path ROOT = Path.of("target/classes");
    private static final String CLASS = ".class";

    private Classes() {}

    static List<Class<?>> ofBatch() throws IOException {
        try (var files = Files.walk(ROOT)) {
            return files.map(file -> ROOT.relativize(file).toString())
                    .filter(file -> file.endsWith(CLASS))
                    .sorted()
                    .<Class<?>>map(file -> named(file.replaceAll("[/\\\\]", ".")))
                    .toList();
        }
    }

    private static Class<?> named(String file) {
        try {
            var name = file.substring(0, file.length() - CLASS.length());
            return Class.forName(name, false, Classes.class.getClassLoader());
        } catch (ClassNotFoundException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
