package io.tenantry.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each page gets few looks, and all of the twelve are covered. */
class RotationTest {
    private static final int ALL = PageVariant.LANGUAGES.size() * PageVariant.THEMES.size() * PageVariant.WIDTHS.size();

    @Test
    void sixPagesCoverAllVariants() {
        for (var turn = 0; turn < Rotation.PAIRS; turn++) {
            var rotation = new Rotation(turn, false);
            assertThat(IntStream.range(0, Rotation.PAIRS)
                            .boxed()
                            .flatMap(page -> both(rotation, page))
                            .toList())
                    .hasSize(ALL)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void sixBuildsCoverAllVariantsOfEachPage() {
        for (var page = 0; page < Rotation.PAIRS; page++) {
            var seen = new HashSet<PageVariant>();
            for (var turn = 0; turn < Rotation.PAIRS; turn++) {
                both(new Rotation(turn, false), page).forEach(seen::add);
            }
            assertThat(seen).hasSize(ALL);
        }
    }

    @Test
    void bothVariantsOfPageDifferInEverything() {
        var rotation = new Rotation(4, false);
        for (var page = 0; page < 2 * Rotation.PAIRS; page++) {
            var two = both(rotation, page).toList();
            assertThat(two).extracting(PageVariant::language).containsExactly("en", "de");
            assertThat(two).extracting(PageVariant::theme).doesNotHaveDuplicates();
            assertThat(two).extracting(PageVariant::width).doesNotHaveDuplicates();
        }
    }

    @Test
    void returnsAllVariantsOnRequest() {
        assertThat(both(new Rotation(0, true), 3).toList()).hasSize(ALL).doesNotHaveDuplicates();
    }

    private static Stream<PageVariant> both(Rotation rotation, int page) {
        return PageVariant.LANGUAGES.stream()
                .map(language -> rotation.of(language, page))
                .flatMap(List::stream);
    }
}
