package io.tenantry.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** A copy of the EAR that ships, with one additional WAR: the driver, at {@code /bench}. */
public final class BenchArchive {
    private static final String MODULE =
            "  <module><web><web-uri>bench.war</web-uri><context-root>/bench</context-root></web></module>\n";

    private BenchArchive() {}

    /** Creates the archive in the folder. */
    public static Path make(Path ear, Path folder) throws IOException {
        var war = war(folder.resolve("bench.war"));
        var copy = folder.resolve("tenantry.ear");
        Files.copy(ear, copy, StandardCopyOption.REPLACE_EXISTING);
        try (var archive = FileSystems.newFileSystem(copy)) {
            Files.copy(war, archive.getPath("bench.war"));
            var descriptor = archive.getPath("META-INF", "application.xml");
            var text = Files.readString(descriptor, StandardCharsets.UTF_8);
            var end = text.contains("<library-directory>")
                    ? text.indexOf("<library-directory>")
                    : text.indexOf("</application>");
            Files.writeString(
                    descriptor, text.substring(0, end) + MODULE + text.substring(end), StandardCharsets.UTF_8);
        }
        return copy;
    }

    private static Path war(Path file) throws IOException {
        var driver = "io/tenantry/bench/driver";
        try (var jar = new JarOutputStream(Files.newOutputStream(file));
                var classes = Files.walk(classes().resolve(driver))) {
            for (var source : classes.filter(Files::isRegularFile).sorted().toList()) {
                jar.putNextEntry(new JarEntry("WEB-INF/classes/" + driver + "/" + source.getFileName()));
                Files.copy(source, jar);
            }
            jar.putNextEntry(new JarEntry("WEB-INF/beans.xml"));
            jar.write("""
                    <beans xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.0" bean-discovery-mode="annotated"/>
                    """.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    private static Path classes() {
        try {
            return Path.of(BenchArchive.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
