package io.tenantry.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** The archive contains nothing of sources that were removed: leftovers of earlier builds would be served and deployed. */
class ArchiveContentsIT {
    private static final String CLASSES = "WEB-INF/classes/";
    private static final Map<String, String> MODULES = Map.of(
            "ejb.jar", "ejb",
            "batch.jar", "batch",
            "web.war", "web",
            "lib/io.tenantry-tenantry-tenants-1.0.0-SNAPSHOT.jar", "tenants");

    private final Path ear = Path.of(System.getProperty("tenantry.it.ear"));

    @Test
    void containsExactlyPagesOfSources() throws IOException {
        var sources = Path.of("../web/src/main/webapp");
        var expected = new TreeSet<String>();
        try (var files = Files.walk(sources)) {
            files.filter(Files::isRegularFile)
                    .map(file -> sources.relativize(file).toString())
                    .forEach(expected::add);
        }
        var packed = new TreeSet<>(names("web.war"));
        packed.removeIf(name -> name.startsWith("META-INF/")
                || name.startsWith(CLASSES)
                || name.startsWith("WEB-INF/lib/")
                || name.endsWith("/"));
        assertThat(packed).isEqualTo(expected);
    }

    @Test
    void everyClassHasSource() throws IOException {
        var orphans = new TreeSet<String>();
        for (var module : MODULES.entrySet()) {
            var sources = Path.of("..", module.getValue(), "src/main/java");
            var classes = names(module.getKey()).stream()
                    .map(name -> name.startsWith(CLASSES) ? name.substring(CLASSES.length()) : name)
                    .filter(name -> name.startsWith("io/tenantry/") && name.endsWith(".class"))
                    .toList();
            assertThat(classes).as(module.getKey()).isNotEmpty();
            classes.stream()
                    .map(name -> name.replaceAll("(\\$.*)?\\.class$", ".java"))
                    .filter(source -> !Files.exists(sources.resolve(source)))
                    .map(source -> module.getValue() + ": " + source)
                    .forEach(orphans::add);
        }
        assertThat(orphans)
                .as("remove the classes of deleted sources: mvn clean")
                .isEmpty();
    }

    private List<String> names(String module) throws IOException {
        try (var archive = new ZipFile(ear.toFile())) {
            var entry = archive.getEntry(module);
            assertThat(entry).as(module).isNotNull();
            try (var in = new ZipInputStream(
                    new ByteArrayInputStream(archive.getInputStream(entry).readAllBytes()))) {
                var names = new ArrayList<String>();
                for (ZipEntry next = in.getNextEntry(); next != null; next = in.getNextEntry()) {
                    names.add(next.getName());
                }
                return names;
            }
        }
    }
}
