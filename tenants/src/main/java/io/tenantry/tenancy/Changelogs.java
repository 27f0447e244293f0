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

/** The change logs of schemas as they are in the archive: which changes they consist of, and what stands for all of them. */
final class Changelogs {
    private static final Pattern INCLUDED = Pattern.compile("<include\\s+file=\"([^\"]+)\"");
    private static final Pattern CHANGE = Pattern.compile("^--changeset (\\S+:\\S+)", Pattern.MULTILINE);

    private final ClassLoader files;
    private final Map<String, String> versions = new ConcurrentHashMap<>();

    /** @param files sees the change logs */
    Changelogs(ClassLoader files) {
        this.files = files;
    }

    /** Sees the change logs. */
    ClassLoader files() {
        return files;
    }

    /** All change sets, as {@code author:id}, in their order. */
    String[] changes(String changelog) {
        return CHANGE.matcher(text(changelog))
                .results()
                .map(change -> change.group(1))
                .toArray(String[]::new);
    }

    /**
     * Stands for all that a migration would do: the change log with the files that it includes, and the rights. Read once.
     *
     * @param rights what is granted with it
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

    /** A change log with the files that it includes, one behind the other. */
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
