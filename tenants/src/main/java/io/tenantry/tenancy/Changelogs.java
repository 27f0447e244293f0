package io.tenantry.tenancy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The changelogs of schemas as shipped in the archive: their change sets and a version that identifies all of them. */
final class Changelogs {
    private static final Pattern INCLUDED = Pattern.compile("<include\\s+file=\"([^\"]+)\"");
    private static final Pattern CHANGE = Pattern.compile("^--changeset (\\S+:\\S+)", Pattern.MULTILINE);

    private final ClassLoader files;
    private final Map<String, String> versions = new ConcurrentHashMap<>();

    /** @param files the class loader that finds the changelogs */
    Changelogs(ClassLoader files) {
        this.files = files;
    }

    /** Returns the class loader that finds the changelogs. */
    ClassLoader files() {
        return files;
    }

    /** Returns all change sets, as {@code author:id}, in order. */
    String[] changes(String changelog) {
        return CHANGE.matcher(text(changelog))
                .results()
                .map(change -> change.group(1))
                .toArray(String[]::new);
    }

    /**
     * Returns a version that identifies everything a migration would do: the changelog with the files it includes, and the grants. Read once.
     *
     * @param rights the grants that go with it
     */
    String version(String changelog, String rights) {
        return versions.computeIfAbsent(changelog, file -> digest(rights + text(file)));
    }

    private static String digest(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(text.getBytes(StandardCharsets.UTF_8));
            return "version " + HexFormat.of().formatHex(digest.digest(), 0, 12);
        } catch (NoSuchAlgorithmException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Returns a changelog and the files that it includes, concatenated. */
    private String text(String changelog) {
        try {
            var text = new StringBuilder();
            read(changelog, text);
            return text.toString();
        } catch (IOException failure) {
            throw new IllegalStateException("cannot read " + changelog, failure);
        }
    }

    private void read(String file, StringBuilder all) throws IOException {
        try (var in = files.getResourceAsStream(file)) {
            if (in == null) {
                throw new FileNotFoundException(file);
            }
            var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            all.append(text);
            var included = INCLUDED.matcher(text);
            while (file.endsWith(".xml") && included.find()) {
                read(included.group(1), all);
            }
        }
    }
}
