package io.tenantry.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Figures by name, each printed when it is known; written as a JSON file at the end. */
public final class Figures {
    private final Map<String, Double> all = new LinkedHashMap<>();

    public void tell(String what, long figure) {
        tell(what, (double) figure);
    }

    /** Records a figure with two decimals. */
    public synchronized void tell(String what, double figure) {
        var rounded = Math.round(figure * 100) / 100.0;
        Results.showOutcome(what + ": " + rounded);
        all.put(what, rounded);
    }

    /** Returns the figures in recording order. */
    public synchronized Map<String, Double> all() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(all));
    }

    /** Writes all figures. */
    public void write(Path out) throws IOException {
        Files.createDirectories(out.toAbsolutePath().getParent());
        Files.writeString(
                out,
                all().entrySet().stream()
                        .map(figure -> "  \"" + figure.getKey() + "\": " + figure.getValue())
                        .collect(Collectors.joining(",\n", "{\n", "\n}\n")),
                StandardCharsets.UTF_8);
    }
}
