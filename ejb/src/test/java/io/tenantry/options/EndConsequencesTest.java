package io.tenantry.options;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.charging.Books.Rented;
import io.tenantry.options.EndConsequences.Thing;
import io.tenantry.options.ServerEnds.Fate;
import io.tenantry.provider.Progress;
import io.tenantry.provider.Snapshots.Keeping;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever is asked whether to end a server is told what then happens, thing by thing, wherever snapshots are kept. */
class EndConsequencesTest {
    private static Shed shed;

    @BeforeAll
    static void open() {
        shed = new Shed("shed-told");
        shed.publish("0.73", "3.65");
        shed.publish(OptionKind.SNAPSHOT, "0.73");
        shed.publish(OptionKind.ADDRESS, "2.50");
    }

    @BeforeEach
    void begin() {
        shed.vendor.slow(false);
        shed.vendor.shy(false);
        shed.vendor.copies(2_100);
        shed.vendor.tasks(Progress.done());
    }

    @ParameterizedTest
    @EnumSource(Keeping.class)
    void whatIsSaidIsWhatHappens(Keeping keeping) {
        var server = furnished(keeping);
        var told = shed.books.in(() -> shed.consequences.ofEnding(List.of(server.service())));
        assertThat(told).extracting(Thing::kind).containsExactlyInAnyOrder(OptionKind.values());
        assertThat(told).allSatisfy(one -> assertThat(one.name()).isNotBlank());

        shed.end(server);
        for (var one : told) {
            assertThat(shed.state(one.id()).equals("ACTIVE"))
                    .as(one.kind() + " is kept as was said: " + one.fate())
                    .isEqualTo(one.fate() == Fate.KEPT);
        }
        assertThat(shed.books.in(() -> shed.consequences.ofEnding(List.of(server.service()))))
                .as("what has gone is not told of again")
                .allMatch(one -> one.fate() == Fate.KEPT);
    }

    @ParameterizedTest
    @EnumSource(Keeping.class)
    void whatGoesWithBackupsIsSaidBefore(Keeping keeping) {
        var server = furnished(keeping);
        var all = shed.books.in(() -> shed.consequences.ofEnding(List.of(server.service())));
        var told = shed.books.in(() -> shed.consequences.ofSwitchingOffBackups(server.service())).stream()
                .map(Thing::id)
                .toList();

        Shed.done(shed.books.in(() -> shed.backups.switchOff(server.service())));
        assertThat(all.stream()
                        .map(Thing::id)
                        .filter(id -> !shed.state(id).equals("ACTIVE"))
                        .toList())
                .containsExactlyInAnyOrderElementsOf(told);
    }

    @Test
    void whatNobodyHasIsNotTold() {
        var bare = shed.server("10");
        assertThat(shed.books.in(() -> shed.consequences.ofEnding(List.of(bare.service()))))
                .isEmpty();
    }

    /** A server with one of each. */
    private Rented furnished(Keeping keeping) {
        shed.vendor.keeps(keeping);
        var server = shed.server("100");
        shed.volume(server, 10);
        UUID backups = Shed.done(shed.backUp(server));
        shed.work();
        assertThat(shed.state(backups)).isEqualTo("ACTIVE");
        shed.snapshot(server);
        shed.address(server);
        return server;
    }
}
