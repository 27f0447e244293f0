package io.tenantry.web.admin.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.cloud.addon.AddonType;
import io.tenantry.web.layout.Messages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every action that the sources record in the audit trail has a text in both languages. */
class AuditTextsTest {
    private static final String ACTION = "trail.action.";
    private static final String AREA = "trail.area.";
    private static final Pattern LITERAL = Pattern.compile("\"([a-z_]+)\\.([a-z0-9_]*[a-z0-9])\"");
    private static final Pattern RECORDED = Pattern.compile("audit\\.record\\(\\s*\"([a-z_]+)\\.");
    private static final Pattern JOINED = Pattern.compile("audit\\.record\\(\\s*[^,;]*\"\\s*\\+");
    private static final Pattern OF_ADDON = Pattern.compile("entries\\.(?:begin|recordEvent)\\([^\"]*\"([a-z_]+)\"");

    /** Names of the same form that are not actions: keys of texts, and a column. */
    private static final Set<String> OTHERS =
            Set.of("mail.variables", "settlement.hours", "settlement.share", "settlement.sold", "tax.piece");

    /** Actions that the sources join from parts; {@link #knowsWhereActionsAreJoined} finds new ones. */
    private static final List<String> JOINED_ACTIONS = List.of(
            "provider.switched_on",
            "provider.switched_off",
            "service.locked",
            "service.unlocked",
            "service.rescue",
            "service.leave_rescue",
            "service.rescued",
            "service.rescue_left");

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void existForEveryAction(String language) {
        var messages = new Messages(Locale.forLanguageTag(language));
        var actions = actions();
        assertThat(actions).hasSizeGreaterThan(200);
        assertThat(actions).allSatisfy(action -> {
            assertThat(messages.textOr(ACTION + action, "")).as(action).isNotBlank();
            var area = action.substring(0, action.indexOf('.'));
            assertThat(messages.textOr(AREA + area, "")).as(area).isNotBlank();
        });
    }

    @Test
    void differInBothLanguages() {
        var english = new Messages(Locale.ENGLISH);
        var german = new Messages(Locale.GERMAN);
        assertThat(actions())
                .allSatisfy(action -> assertThat(german.textOr(ACTION + action, ""))
                        .as(action)
                        .isNotEqualTo(english.textOr(ACTION + action, "")));
    }

    @Test
    void noTextIsLeftOfARemovedAction() throws IOException {
        var texts = Files.readString(Path.of("src/main/resources/io/tenantry/web/texts/people.properties"));
        var written = Pattern.compile("(?m)^trail\\.action\\.([a-z0-9_.]+)=").matcher(texts);
        assertThat(written.results().map(found -> found.group(1)).toList()).containsExactlyElementsOf(actions());
    }

    @Test
    void knowsWhereActionsAreJoined() {
        assertThat(sources()
                        .filter(file -> JOINED.matcher(text(file)).find())
                        .map(file -> file.getFileName().toString()))
                .containsExactlyInAnyOrder(
                        "AddonOrdering.java",
                        "OperationTransactions.java",
                        "ProviderAccounts.java",
                        "RescueOperations.java",
                        "ServiceSettings.java");
    }

    private static Set<String> actions() {
        var areas = Stream.concat(
                        found(RECORDED).map(area -> area.group(1)),
                        Stream.of(
                                "addon_discrepancy",
                                "adjustment",
                                "brand",
                                "credit_limit",
                                "discrepancy",
                                "provider_account",
                                "ssh_key",
                                "staff",
                                "startup_script"))
                .collect(Collectors.toSet());
        var actions = new TreeSet<>(JOINED_ACTIONS);
        found(LITERAL)
                .filter(name -> areas.contains(name.group(1)))
                .map(name -> name.group(1) + "." + name.group(2))
                .filter(name -> !OTHERS.contains(name))
                .forEach(actions::add);
        Arrays.stream(AddonType.values()).forEach(type -> {
            actions.add(type.word() + ".ordered");
            var orders = type.name().charAt(0) + type.word().substring(1) + "Orders.java";
            sources()
                    .filter(file -> file.getFileName().toString().equals(orders))
                    .flatMap(file -> OF_ADDON.matcher(text(file)).results())
                    .forEach(event -> actions.add(type.word() + "." + event.group(1)));
        });
        return actions;
    }

    private static Stream<MatchResult> found(Pattern pattern) {
        return sources().flatMap(file -> pattern.matcher(text(file)).results());
    }

    private static Stream<Path> sources() {
        return Stream.of("ejb", "batch").flatMap(module -> {
            try (var files = Files.walk(Path.of("..", module, "src/main/java"))) {
                return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        });
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
