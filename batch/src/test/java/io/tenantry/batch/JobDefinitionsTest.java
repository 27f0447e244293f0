package io.tenantry.batch;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Named;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the server would notice only when it starts a job. */
class JobDefinitionsTest {
    private static final Path JOBS = Path.of("src/main/resources/META-INF/batch-jobs");

    static List<Path> definitions() throws IOException {
        try (var files = Files.list(JOBS)) {
            return files.sorted().toList();
        }
    }

    @Test
    void eachJobThatTimersStartIsDefined() throws IOException {
        assertThat(definitions())
                .extracting(file -> file.getFileName().toString())
                .contains(
                        JobStarter.HOURLY_CHARGING + ".xml",
                        JobStarter.INVOICING + ".xml",
                        JobStarter.SETTLEMENT + ".xml");
    }

    /** An execution continues from the data; a restarted one would repeat the parameters of another time. */
    @ParameterizedTest
    @MethodSource("definitions")
    void eachJobIsNamedLikeItsFileAndNotRestartable(Path file) throws IOException {
        assertThat(all("<job id=\"([^\"]+)\"", file)).containsExactly(name(file));
        assertThat(all("restartable=\"([^\"]+)\"", file)).containsExactly("false");
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void eachArtifactOfAJobExists(Path file) throws IOException {
        assertThat(all("ref=\"([^\"]+)\"", file)).isNotEmpty().isSubsetOf(artifacts());
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void eachNextStepExists(Path file) throws IOException {
        assertThat(all("<step id=\"([^\"]+)\"", file)).containsAll(all("next=\"([^\"]+)\"", file));
    }

    private static List<String> all(String pattern, Path file) throws IOException {
        return Pattern.compile(pattern)
                .matcher(Files.readString(file))
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    private static String name(Path file) {
        return file.getFileName().toString().replace(".xml", "");
    }

    /** Names that CDI gives to classes: the first letter is lower case. */
    private static Set<String> artifacts() throws IOException {
        return Classes.ofBatch().stream()
                .filter(type -> type.isAnnotationPresent(Named.class))
                .map(Class::getSimpleName)
                .map(name -> name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1))
                .collect(Collectors.toUnmodifiableSet());
    }
}
