package io.tenantry.web.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;

/** The version of the pages' resources: a digest of their content, so that addresses change when a file does and are the same on all nodes. */
@ApplicationScoped
@Named
public class ResourceVersion {
    private static final int DIGITS = 10;

    @Inject
    ServletContext application;

    private volatile String version = "";

    /** Returns the version for addresses of resources. */
    public String getVersion() {
        if (version.isEmpty()) {
            version = digest();
        }
        return version;
    }

    private String digest() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var path : files("/resources/", new TreeSet<>())) {
                try (var content = application.getResourceAsStream(path)) {
                    digest.update(content.readAllBytes());
                }
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Set<String> files(String folder, Set<String> found) {
        for (var path : application.getResourcePaths(folder)) {
            if (path.endsWith("/")) {
                files(path, found);
            } else {
                found.add(path);
            }
        }
        return found;
    }
}
