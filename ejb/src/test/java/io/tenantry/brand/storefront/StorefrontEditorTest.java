package io.tenantry.brand.storefront;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.brand.storefront.Storefront.FaqEntry;
import io.tenantry.brand.storefront.Storefront.MapPoint;
import io.tenantry.brand.storefront.Storefront.TextSlot;
import io.tenantry.brand.storefront.StorefrontEditor.Field;
import io.tenantry.brand.storefront.StorefrontEditor.Outcome;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.NotFoundException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StorefrontEditorTest {
    private static final UUID UNKNOWN = new UUID(1, 2);

    private final StorefrontFixture storefrontFixture = new StorefrontFixture();

    @Test
    void savesAndRemovesTextsPerLanguage() {
        StorefrontFixture.run(() -> {
            storefrontFixture.editor.saveTexts(
                    "en", Map.of(TextSlot.HEADLINE, " Servers with a view ", TextSlot.ABOUT, "# Us"));
            assertThat(storefrontFixture.storefront.texts("en"))
                    .isEqualTo(Map.of(TextSlot.HEADLINE, "Servers with a view", TextSlot.ABOUT, "# Us"));
            assertThat(storefrontFixture.storefront.texts("de")).isEmpty();
            storefrontFixture.editor.saveTexts("en", Map.of(TextSlot.HEADLINE, "  "));
            assertThat(storefrontFixture.storefront.texts("en")).isEmpty();
        });
    }

    @Test
    void reportsEveryInvalidFieldWithoutAChange() {
        StorefrontFixture.run(() -> {
            var words = Map.of(TextSlot.HEADLINE, "x".repeat(91), TextSlot.LEAD, "fine");
            assertThat(storefrontFixture.editor.saveTexts("xx", words))
                    .isEqualTo(new Outcome.Invalid(List.of(Field.LANGUAGE, Field.HEADLINE)));
            assertThat(storefrontFixture.storefront.texts("xx")).isEmpty();
            assertThat(storefrontFixture.editor.add("fr", " ", "x".repeat(5_001)))
                    .isEqualTo(new Outcome.Invalid(List.of(Field.QUESTION, Field.ANSWER, Field.LANGUAGE)));
            assertThat(storefrontFixture.editor.locate(
                            "nowhere", new MapPoint(new BigDecimal("90.1"), new BigDecimal("-181"))))
                    .isEqualTo(new Outcome.Invalid(List.of(Field.REGION, Field.LATITUDE, Field.LONGITUDE)));
        });
    }

    @Test
    void ordersQuestionsAsMovedByStaff() {
        StorefrontFixture.run(() -> {
            for (var each : List.of("one", "two", "three", "four")) {
                storefrontFixture.editor.add("en", each, "answer");
            }
            storefrontFixture.editor.add("de", "eins", "Antwort");
            storefrontFixture.editor.raise(id("three"));
            assertThat(questions()).containsExactly("one", "three", "two", "four");
            storefrontFixture.editor.raise(id("three"));
            storefrontFixture.editor.raise(id("three"));
            assertThat(questions()).containsExactly("three", "one", "two", "four");
            storefrontFixture.editor.remove(id("one"));
            storefrontFixture.editor.raise(id("four"));
            assertThat(questions()).containsExactly("three", "four", "two");
            storefrontFixture.editor.change(id("two"), " zwo ", "other");
            assertThat(questions()).containsExactly("three", "four", "zwo");
            assertThat(storefrontFixture.storefront.questions("de"))
                    .extracting(FaqEntry::question)
                    .containsExactly("eins");
        });
    }

    @Test
    void restoresARemovedQuestionAtItsPosition() {
        StorefrontFixture.run(() -> {
            for (var each : List.of("one", "two", "three")) {
                storefrontFixture.editor.add("en", each, "answer to " + each);
            }
            var before = storefrontFixture.storefront.questions("en");
            var removed = storefrontFixture.editor.remove(id("two"));
            assertThat(questions()).containsExactly("one", "three");
            assertThat(storefrontFixture.editor.putBack(removed)).isTrue();
            assertThat(storefrontFixture.storefront.questions("en")).isEqualTo(before);
            assertThat(storefrontFixture.editor.putBack(removed))
                    .as("already present")
                    .isFalse();
            assertThat(storefrontFixture.storefront.questions("en")).isEqualTo(before);
        });
    }

    @Test
    void reportsUnknownQuestionsAsNotFound() {
        StorefrontFixture.run(() -> {
            assertThatThrownBy(() -> storefrontFixture.editor.change(UNKNOWN, "q", "a"))
                    .isInstanceOf(NotFoundException.class);
            assertThatThrownBy(() -> storefrontFixture.editor.remove(UNKNOWN)).isInstanceOf(NotFoundException.class);
            assertThatThrownBy(() -> storefrontFixture.editor.raise(UNKNOWN)).isInstanceOf(NotFoundException.class);
        });
    }

    @Test
    void requiresPermission() {
        StorefrontFixture.runWithoutPermission(() -> {
            assertThatThrownBy(() -> storefrontFixture.editor.saveTexts("en", Map.of()))
                    .isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> storefrontFixture.editor.add("en", "q", "a"))
                    .isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> storefrontFixture.editor.change(UNKNOWN, "q", "a"))
                    .isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> storefrontFixture.editor.remove(UNKNOWN))
                    .isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> storefrontFixture.editor.raise(UNKNOWN)).isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() ->
                            storefrontFixture.editor.putBack(new StorefrontEditor.Removed(UNKNOWN, "en", 1, "q", "a")))
                    .isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> storefrontFixture.editor.locate("x", new MapPoint(BigDecimal.ONE, BigDecimal.ONE)))
                    .isInstanceOf(AccessDeniedException.class);
        });
    }

    private List<String> questions() {
        return storefrontFixture.storefront.questions("en").stream()
                .map(FaqEntry::question)
                .toList();
    }

    private UUID id(String question) {
        return storefrontFixture.storefront.questions("en").stream()
                .filter(each -> each.question().equals(question))
                .findFirst()
                .orElseThrow()
                .id();
    }
}
