package io.tenantry.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.demo.DemoBrand.CustomerScenario;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DemoStoryTest {
    private static final Instant END = Instant.parse("2026-11-21T07:12:33Z");

    private final DemoStory story = DemoStory.draw(1, END);

    @Test
    void drawsTheSameStoryFromTheSameSeed() {
        assertThat(DemoStory.draw(1, END)).isEqualTo(story);
    }

    @Test
    void drawsAnotherStoryFromAnotherSeed() {
        assertThat(DemoStory.draw(2, END).steps()).isNotEqualTo(story.steps());
    }

    @Test
    void hasAboutThirtyCustomersAndTwoHundredServers() {
        assertThat(of(DemoEvent.CustomerAdded.class)).hasSizeBetween(28, 32);
        assertThat(of(DemoEvent.ServerOrdered.class)).hasSizeBetween(190, 210);
    }

    @Test
    void hasTwoDifferentBrands() {
        var drafts = DemoBrand.ALL.stream().map(DemoBrand::draft).toList();
        assertThat(drafts).extracting("currency").doesNotHaveDuplicates();
        assertThat(drafts).extracting("zone").doesNotHaveDuplicates();
        assertThat(drafts).extracting("locale").doesNotHaveDuplicates();
        assertThat(drafts).extracting("primary").doesNotHaveDuplicates();
        assertThat(drafts)
                .allSatisfy(draft -> assertThat(draft.faults(List.of(), "platform.localhost"))
                        .isEmpty());
    }

    @Test
    void hasAMemberOfTwoCustomersInEachBrand() {
        assertThat(of(DemoEvent.MemberJoined.class))
                .filteredOn(memberJoined -> isSomebodysOwner(memberJoined.person()))
                .hasSize(DemoBrand.ALL.size())
                .allSatisfy(memberJoined -> assertThat(
                                memberJoined.customer().owner().email())
                        .isNotEqualTo(memberJoined.person().email()));
    }

    @Test
    void sellsEightPlansEachAtTwoPricesOverTime() {
        assertThat(DemoBrand.ALL).allSatisfy(brand -> {
            assertThat(brand.plans()).hasSize(8);
            assertThat(brand.plans())
                    .allSatisfy(plan -> assertThat(plan.price()).isNotEqualTo(plan.laterPrice()));
        });
        assertThat(of(DemoEvent.PricesChanged.class))
                .hasSize(2)
                .allSatisfy(prices ->
                        assertThat(prices.validFrom()).isAfter(prices.at()).isBefore(END));
    }

    @Test
    void hasLowEmptyAndOverdrawnWallets() {
        var fates = DemoBrand.ALL.stream()
                .flatMap(brand -> brand.customers().stream())
                .map(DemoBrand.Customer::customerScenario)
                .toList();
        assertThat(fates).contains(CustomerScenario.EMPTY, CustomerScenario.OVER_LIMIT);
        assertThat(fates.stream().filter(customerScenario -> customerScenario == CustomerScenario.LOW))
                .hasSizeBetween(3, 6);
    }

    @Test
    void hasMembersOfSeveralRoles() {
        assertThat(of(DemoEvent.MemberJoined.class))
                .extracting(memberJoined -> memberJoined.person().role())
                .contains("admin", "member", "viewer", "vps_manager");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-21T07:12:33Z",
                "2027-02-28T23:59:59Z",
                "2028-03-01T00:00:00Z",
                "2027-03-28T01:30:00Z",
                "2026-10-31T23:10:00Z",
                "2026-11-01T05:30:00Z"
            })
    void showsExactlyTwoMonths(String end) {
        var told = DemoStory.draw(7, Instant.parse(end));
        assertThat(told.steps())
                .isSortedAccordingTo((a, b) -> a.at().compareTo(b.at()))
                .allSatisfy(demoEvent -> assertThat(demoEvent.at()).isBetween(told.from(), told.to()));
        assertThat(told.from())
                .isEqualTo(told.to().truncatedTo(ChronoUnit.HOURS).minus(61, ChronoUnit.DAYS));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void usesAServerOnlyBetweenItsOrderAndItsEnd(long seed) {
        Map<String, Instant> ordered = new HashMap<>();
        Map<String, Instant> ended = new HashMap<>();
        for (var demoEvent : DemoStory.draw(seed, END).steps()) {
            if (demoEvent instanceof DemoEvent.ServerOrdered serverOrdered) {
                assertThat(ordered.put(key(serverOrdered.customer(), serverOrdered.server()), demoEvent.at()))
                        .isNull();
            } else if (demoEvent instanceof DemoEvent.ServerResized serverResized) {
                assertThat(ordered).containsKey(key(serverResized.customer(), serverResized.server()));
                assertThat(ended).doesNotContainKey(key(serverResized.customer(), serverResized.server()));
            } else if (demoEvent instanceof DemoEvent.ServerTerminated serverTerminated) {
                assertThat(ordered).containsKey(key(serverTerminated.customer(), serverTerminated.server()));
                assertThat(ended.put(key(serverTerminated.customer(), serverTerminated.server()), demoEvent.at()))
                        .isNull();
            }
        }
        assertThat(ended).hasSizeBetween(20, 90);
    }

    @Test
    void spellsAddressesInAscii() {
        var addresses = DemoBrand.ALL.stream()
                .flatMap(brand -> brand.customers().stream())
                .map(customer -> customer.owner().email());
        assertThat(Stream.concat(
                        addresses,
                        of(DemoEvent.MemberJoined.class).stream()
                                .filter(memberJoined -> !isSomebodysOwner(memberJoined.person()))
                                .map(memberJoined -> memberJoined.person().email())))
                .doesNotHaveDuplicates()
                .allMatch(address -> address.matches("[a-z.]+@[a-z-]+\\.example"));
    }

    @ParameterizedTest
    @CsvSource({"0.01, 10", "10, 10", "10.00000001, 20", "333, 400", "9999, 5000"})
    void transfersRoundAmounts(BigDecimal enough, long amount) {
        assertThat(DemoStory.transfer(enough)).isEqualTo(amount);
    }

    @Test
    void writesSignInsInColumns() {
        var lines = DemoLogins.lines(List.of(
                new DemoLogins.Login("console", "http://a/", "olga@a.example", "secret"),
                new DemoLogins.Login("x", "http://brand/", "b@b.example", "secret")));
        assertThat(lines)
                .containsExactly(
                        "console  http://a/      olga@a.example  secret",
                        "x        http://brand/  b@b.example     secret");
    }

    private static boolean isSomebodysOwner(DemoBrand.Person person) {
        return DemoBrand.ALL.stream()
                .flatMap(brand -> brand.customers().stream())
                .anyMatch(customer -> customer.owner().email().equals(person.email()));
    }

    private static String key(DemoBrand.Customer customer, DemoEvent.Server server) {
        return customer.name() + "/" + server.name();
    }

    private <T extends DemoEvent> List<T> of(Class<T> kind) {
        return story.steps().stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
