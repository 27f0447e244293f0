package io.tenantry.cloud.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provider.ProviderServer.State;
import io.tenantry.cloud.provider.ResourceTag;
import io.tenantry.cloud.provisioning.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The findings of one scan, and what it draws no conclusions about. */
class ComparisonTest {
    private static final UUID WEB = new UUID(0, 1);
    private static final UUID MAIL = new UUID(0, 2);

    @Test
    void reportsNothingForMatchingServers() {
        assertThat(kinds(List.of(active(WEB, "1")), List.of(server("1", WEB)))).isEmpty();
    }

    @Test
    void reportsAnUntaggedServerAsUnmanaged() {
        assertThat(kinds(List.of(), List.of(server("1", State.RUNNING, Optional.empty()))))
                .containsExactly(DiscrepancyType.UNMANAGED);
    }

    @Test
    void recognizesAServerWithoutTagByItsId() {
        assertThat(kinds(List.of(active(WEB, "1")), List.of(server("1", State.RUNNING, Optional.empty()))))
                .isEmpty();
    }

    @Test
    void reportsAnUnknownTag() {
        assertThat(kinds(List.of(), List.of(server("1", WEB)))).containsExactly(DiscrepancyType.UNKNOWN_SERVER);
    }

    @Test
    void ignoresServersOfServicesInAnotherAccount() {
        var elsewhere = expectedServer(WEB, "other", Service.State.ACTIVE, "1", 1, false);
        assertThat(new Comparison("yard", List.of(), List.of(elsewhere), List.of(server("1", WEB)))
                        .result(ServerProbes.NONE)
                        .observed())
                .isEmpty();
    }

    @Test
    void reportsServersOfEndedServicesAsOrphaned() {
        assertThat(after(expectedServer(WEB, "yard", Service.State.TERMINATED, "1", 1, false), server("1", WEB)))
                .containsExactly(DiscrepancyType.ORPHANED);
        assertThat(after(expectedServer(WEB, "yard", Service.State.FAILED, null, 1, false), server("1", WEB)))
                .containsExactly(DiscrepancyType.ORPHANED);
    }

    @Test
    void ignoresServersBeingDeleted() {
        assertThat(after(
                        expectedServer(WEB, "yard", Service.State.TERMINATED, "1", 1, false),
                        server("1", State.DELETING, tag(WEB))))
                .isEmpty();
        assertThat(after(expectedServer(WEB, "yard", Service.State.FAILED, null, 1, true), server("1", WEB)))
                .as("with pending work")
                .isEmpty();
    }

    @Test
    void ignoresServersBeingCreated() {
        var service = expectedServer(WEB, "yard", Service.State.PROVISIONING, null, 1, false);
        assertThat(kinds(List.of(service), List.of(server("1", WEB), server("2", WEB))))
                .isEmpty();
    }

    @Test
    void reportsAServerAsMissingOnlyWhenItsIdIsUnknownToo() {
        var comparison = new Comparison("yard", List.of(active(WEB, "1")), List.of(active(WEB, "1")), List.of());
        assertThat(comparison.missing()).extracting(ExpectedServer::id).containsExactly(WEB);
        assertThat(comparison.result(ServerProbes.NONE).observed()).isEmpty();
        assertThat(comparison.result(ServerProbes.NONE).unlisted()).containsExactly(new ResourceTag(WEB).text());
        assertThat(comparison.result(missingServers(WEB)).observed())
                .extracting(Observation::kind)
                .containsExactly(DiscrepancyType.MISSING);
    }

    @Test
    void ignoresServicesChangedDuringTheScan() {
        var before = active(WEB, "1");
        var after = expectedServer(WEB, "yard", Service.State.ACTIVE, "1", 2, false);
        var comparison = new Comparison("yard", List.of(before), List.of(after), List.of());
        assertThat(comparison.missing()).isEmpty();
        assertThat(comparison.result(missingServers(WEB)).observed()).isEmpty();
        assertThat(comparison.result(missingServers(WEB)).unlisted()).containsExactly(new ResourceTag(WEB).text());
    }

    @Test
    void ignoresServicesActivatedDuringTheScan() {
        var comparison = new Comparison("yard", List.of(), List.of(active(WEB, "1")), List.of());
        assertThat(comparison.missing()).isEmpty();
        assertThat(comparison.result(missingServers(WEB)).observed()).isEmpty();
    }

    @Test
    void ignoresServicesEndedDuringTheScan() {
        var ended = expectedServer(WEB, "yard", Service.State.TERMINATED, "1", 2, false);
        var comparison = new Comparison("yard", List.of(active(WEB, "1")), List.of(ended), List.of(server("1", WEB)));
        assertThat(comparison.result(ServerProbes.NONE).observed()).isEmpty();
        assertThat(comparison.result(ServerProbes.NONE).unlisted()).containsExactly(new ResourceTag(WEB).text());
    }

    @Test
    void countsAServerListedTwiceOnce() {
        assertThat(kinds(List.of(active(WEB, "1")), List.of(server("1", WEB), server("1", WEB))))
                .isEmpty();
    }

    @Test
    void reportsASecondServerWithTheSameTagAsDuplicate() {
        assertThat(observations(List.of(active(WEB, "1")), List.of(server("1", WEB), server("2", WEB))))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.kind()).isEqualTo(DiscrepancyType.DUPLICATE);
                    assertThat(one.upstreamId()).isEqualTo("2");
                });
        assertThat(kinds(List.of(active(WEB, "1")), List.of(server("2", WEB), server("3", WEB))))
                .as("ambiguous")
                .containsExactly(DiscrepancyType.DUPLICATE, DiscrepancyType.DUPLICATE);
    }

    @Test
    void reportsAChangedIdOfTheOnlyTaggedServer() {
        assertThat(observations(List.of(active(WEB, "1")), List.of(server("2", WEB))))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.kind()).isEqualTo(DiscrepancyType.ID_CHANGED);
                    assertThat(one.expected()).isEqualTo("1");
                    assertThat(one.seen()).isEqualTo("2");
                });
    }

    @Test
    void reportsDriftOfSizeAndAddress() {
        var providerServer = ScriptedInventory.with(server("1", WEB), State.STOPPED, "huge", "203.0.113.9");
        assertThat(kinds(List.of(active(WEB, "1")), List.of(providerServer)))
                .containsExactly(DiscrepancyType.DRIFT_PLAN, DiscrepancyType.DRIFT_ADDRESS);
    }

    @Test
    void ignoresTheSizeDuringAResize() {
        var now = active(WEB, "1");
        var resizing = new ExpectedServer(
                WEB,
                "web",
                "yard",
                Service.State.ACTIVE,
                now.upstreamId(),
                "small",
                "203.0.113.1",
                1,
                true,
                false,
                true,
                false,
                true);
        var providerServer = ScriptedInventory.with(server("1", WEB), State.STOPPED, "huge", "203.0.113.9");
        assertThat(kinds(List.of(resizing), List.of(providerServer))).containsExactly(DiscrepancyType.DRIFT_ADDRESS);
    }

    @Test
    void ignoresDriftOfABusyServer() {
        var providerServer = ScriptedInventory.with(server("1", WEB), State.BUSY, "huge", "203.0.113.9");
        assertThat(kinds(List.of(active(WEB, "1")), List.of(providerServer))).isEmpty();
    }

    @Test
    void reportsPowerDriftExceptWhenStoppedByTheCustomer() {
        var active = active(WEB, "1");
        var suspended = expectedServer(WEB, "yard", Service.State.SUSPENDED, "1", 1, false);
        assertThat(kinds(List.of(active), List.of(server("1", State.STOPPED, tag(WEB)))))
                .isEmpty();
        assertThat(kinds(List.of(active), List.of(server("1", State.SUSPENDED, tag(WEB)))))
                .containsExactly(DiscrepancyType.DRIFT_POWER);
        assertThat(kinds(List.of(suspended), List.of(server("1", State.STOPPED, tag(WEB)))))
                .isEmpty();
        assertThat(kinds(List.of(suspended), List.of(server("1", WEB)))).containsExactly(DiscrepancyType.DRIFT_POWER);
    }

    @Test
    void acceptsARunningServerIsolatedFromTheNetwork() {
        var cutOff = expectedServer(WEB, "yard", Service.State.SUSPENDED, "1", 1, false, false);
        assertThat(kinds(List.of(cutOff), List.of(server("1", WEB)))).isEmpty();
        assertThat(kinds(List.of(cutOff), List.of(server("1", State.STOPPED, tag(WEB)))))
                .isEmpty();
        assertThat(kinds(List.of(cutOff), List.of(server("1", State.SUSPENDED, tag(WEB)))))
                .containsExactly(DiscrepancyType.DRIFT_POWER);
    }

    @Test
    void doubtsAScanThatMissesMoreThanHalf() {
        var services = new ArrayList<ExpectedServer>();
        for (var number = 1; number <= 5; number++) {
            services.add(active(new UUID(1, number), Integer.toString(number)));
        }
        var one = new UUID(1, 1);
        var two = new UUID(1, 2);
        var three = new UUID(1, 3);
        var all = services.stream().map(ExpectedServer::id).toArray(UUID[]::new);
        var comparison = new Comparison("yard", services, services, List.of());
        assertThat(comparison.result(ServerProbes.NONE).isDoubtful())
                .as("unrequested")
                .isTrue();
        assertThat(comparison.result(missingServers(all)).isDoubtful()).isTrue();
        assertThat(comparison
                        .result(new ServerProbes(
                                Set.of(one, two), Set.of(three, new UUID(1, 4), new UUID(1, 5)), Map.of()))
                        .isDoubtful())
                .isFalse();
    }

    @Test
    void comparesEachServiceWithItsOwnServer() {
        assertThat(kinds(List.of(active(WEB, "1"), active(MAIL, "2")), List.of(server("2", MAIL), server("1", WEB))))
                .isEmpty();
    }

    private static ServerProbes missingServers(UUID... services) {
        return new ServerProbes(Set.of(services), Set.of(), Map.of());
    }

    private static List<DiscrepancyType> kinds(List<ExpectedServer> services, List<ProviderServer> servers) {
        return observations(services, servers).stream().map(Observation::kind).toList();
    }

    private static List<Observation> observations(List<ExpectedServer> services, List<ProviderServer> servers) {
        return new Comparison("yard", services, services, servers)
                .result(ServerProbes.NONE)
                .observed();
    }

    /** Ended services are not among the services before. */
    private static List<DiscrepancyType> after(ExpectedServer service, ProviderServer providerServer) {
        return new Comparison("yard", List.of(), List.of(service), List.of(providerServer))
                .result(ServerProbes.NONE).observed().stream()
                        .map(Observation::kind)
                        .toList();
    }

    private static ExpectedServer active(UUID id, String number) {
        return expectedServer(id, "yard", Service.State.ACTIVE, number, 1, false);
    }

    private static ExpectedServer expectedServer(
            UUID id,
            String account,
            Service.State state,
            @org.jspecify.annotations.Nullable String number,
            int version,
            boolean isLeaving) {
        return expectedServer(id, account, state, number, version, isLeaving, state == Service.State.SUSPENDED);
    }

    private static ExpectedServer expectedServer(
            UUID id,
            String account,
            Service.State state,
            @org.jspecify.annotations.Nullable String number,
            int version,
            boolean isLeaving,
            boolean isHeldOff) {
        return new ExpectedServer(
                id,
                "web",
                account,
                state,
                Optional.ofNullable(number),
                "small",
                "203.0.113.1",
                version,
                false,
                isLeaving,
                true,
                isHeldOff,
                isLeaving);
    }

    private static Optional<ResourceTag> tag(UUID service) {
        return Optional.of(new ResourceTag(service));
    }

    private static ProviderServer server(String id, UUID service) {
        return server(id, State.RUNNING, tag(service));
    }

    private static ProviderServer server(String id, State state, Optional<ResourceTag> mark) {
        return new ProviderServer(id, mark, "web", state, List.of("203.0.113.1"), "small", "fra", Optional.empty());
    }
}
