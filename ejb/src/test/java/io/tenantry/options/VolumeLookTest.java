package io.tenantry.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tenantry.options.VolumeRounds.Kind;
import io.tenantry.provider.Snapshots.Keeping;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What vendors have beside what is charged for is told, once it was seen twice, and as long as it is so. */
class VolumeLookTest {
    private static int sheds;

    private final Shed shed = new Shed("shed-look-" + sheds++);

    @BeforeEach
    void begin() {
        shed.publish("0.73", "3.65");
    }

    @Test
    void whereAllIsAsItShouldBeNothingIsSaid() {
        shed.volume(shed.server("10"), 10);
        shed.read();
        shed.read();
        assertThat(differences()).isEmpty();
    }

    @Test
    void oneWithOurMarkThatNobodyPaysForIsToldAtTheSecondLook() {
        shed.volume(shed.server("10"), 10);
        var id = shed.vendor.appears(UUID.randomUUID(), 50);
        shed.read();
        assertThat(differences()).isEmpty();
        shed.read();
        assertThat(differences()).singleElement().satisfies(one -> {
            assertThat(one.kind()).isEqualTo(Kind.STRAY);
            assertThat(one.upstreamId()).isEqualTo(id);
            assertThat(one.seenGib()).isEqualTo(50);
        });

        shed.vendor.loses(id);
        shed.read();
        assertThat(differences()).isEmpty();
    }

    @Test
    void oneThatAppearsAfterItsEndIsTold() {
        var volume = shed.volume(shed.server("10"), 10);
        shed.books.in(() -> shed.volumes.delete(volume.service()));
        shed.work(3);
        shed.pass(Duration.ofMinutes(2));
        shed.work();
        shed.vendor.appears(volume.service(), 10);
        shed.read();
        shed.read();
        assertThat(differences()).singleElement().satisfies(one -> {
            assertThat(one.kind()).isEqualTo(Kind.STRAY);
            assertThat(one.optionId()).contains(volume.service());
        });
    }

    @Test
    void oneThatIsPaidForAndNotThereIsTold() {
        var volume = shed.volume(shed.server("10"), 10);
        shed.vendor.loses(shed.vendor.of(volume.service()).get(0).id());
        shed.read();
        shed.read();
        assertThat(differences()).singleElement().satisfies(one -> {
            assertThat(one.kind()).isEqualTo(Kind.MISSING);
            assertThat(one.optionId()).contains(volume.service());
            assertThat(one.expectedGib()).isEqualTo(10);
        });
    }

    @Test
    void oneOfAnotherSizeIsTold() {
        var volume = shed.volume(shed.server("10"), 10);
        var unused = shed.vendor.grow(shed.vendor.of(volume.service()).get(0).id(), 40);
        shed.read();
        shed.read();
        assertThat(differences()).singleElement().satisfies(one -> {
            assertThat(one.kind()).isEqualTo(Kind.SIZE);
            assertThat(one.expectedGib()).isEqualTo(10);
            assertThat(one.seenGib()).isEqualTo(40);
        });
    }

    @Test
    void aSnapshotThatNobodyPaysForAndOneThatIsNotThereAreTold() {
        shed.publish(OptionKind.SNAPSHOT, "0.73");
        var server = shed.server("10");
        var snapshot = shed.snapshot(server).service();
        shed.read();
        shed.read();
        assertThat(differences()).isEmpty();

        var stray = shed.vendor.copyAppears(UUID.randomUUID(), Shed.serverId(1));
        shed.vendor.losesCopy(shed.vendor.copiesOf(snapshot).get(0).id());
        shed.read();
        shed.read();
        assertThat(differences())
                .allMatch(one -> one.of() == OptionKind.SNAPSHOT)
                .extracting(VolumeRounds.Difference::kind, VolumeRounds.Difference::seenGib)
                .containsExactlyInAnyOrder(tuple(Kind.STRAY, 3), tuple(Kind.MISSING, 0));
        assertThat(differences()).anyMatch(one -> one.upstreamId().equals(stray));
    }

    @Test
    void aSnapshotIsLookedForAtTheServerThatItWasTakenOfWhenTheServiceHasAnother() {
        shed.publish(OptionKind.SNAPSHOT, "0.73");
        var server = shed.server("10");
        var snapshot = shed.snapshot(server).service();
        shed.place(server, Warehouse.ACCOUNT, "fra", "server-again");
        shed.read();
        shed.read();
        assertThat(differences()).isEmpty();

        var stray = shed.vendor.copyAppears(UUID.randomUUID(), "server-again");
        shed.vendor.losesCopy(shed.vendor.copiesOf(snapshot).get(0).id());
        shed.read();
        shed.read();
        assertThat(differences())
                .extracting(VolumeRounds.Difference::kind, VolumeRounds.Difference::optionId)
                .containsExactlyInAnyOrder(
                        tuple(Kind.STRAY, Optional.empty()), tuple(Kind.MISSING, Optional.of(snapshot)));
        assertThat(differences()).anyMatch(one -> one.upstreamId().equals(stray));
    }

    @Test
    void aSnapshotThatComesWhenNobodyPaysForItAnyMoreIsToldAsLongAsTheServerIsThereThatItIsKeptWith() {
        shed.publish(OptionKind.SNAPSHOT, "0.73");
        shed.vendor.keeps(Keeping.WITH_SERVER);
        var server = shed.server("10");
        var snapshot = shed.snapshot(server).service();
        shed.books.in(() -> shed.snapshots.delete(snapshot));
        shed.work(2);
        shed.pass(Duration.ofMinutes(2));
        shed.work();
        assertThat(shed.state(snapshot)).isEqualTo("TERMINATED");
        shed.read();
        shed.read();
        assertThat(differences()).isEmpty();

        var late = shed.vendor.copyAppears(snapshot, Shed.serverId(1));
        shed.read();
        shed.read();
        assertThat(differences())
                .extracting(VolumeRounds.Difference::kind, VolumeRounds.Difference::upstreamId)
                .containsExactly(tuple(Kind.STRAY, late));

        shed.end(server);
        shed.vendor.losesCopy(late);
        shed.read();
        shed.read();
        assertThat(differences()).isEmpty();
    }

    @Test
    void whatAListShowsTwiceWasSeenOnce() {
        shed.volume(shed.server("10"), 10);
        shed.vendor.repeats(shed.vendor.appears(UUID.randomUUID(), 50));
        shed.read();
        assertThat(differences()).isEmpty();
        shed.read();
        assertThat(differences()).hasSize(1);
    }

    @Test
    void whatAVendorKeepsBesideItsBackupsForNothingIsNotTold() {
        shed.publish(OptionKind.SNAPSHOT, "0.73");
        shed.vendor.keeps(Keeping.WITH_BACKUPS);
        var server = shed.server("10");
        Shed.done(shed.backUp(server));
        shed.work();
        var snapshot = shed.snapshot(server).service();
        shed.books.in(() -> shed.snapshots.delete(snapshot));
        assertThat(shed.vendor.copiesOf(snapshot)).hasSize(1);
        shed.read();
        shed.read();
        assertThat(differences()).isEmpty();
    }

    @Test
    void anAddressThatNobodyPaysForAndOneThatDoesNotLeadToItsServerAreTold() {
        shed.publish(OptionKind.ADDRESS, "0.73");
        var own = shed.vendor.addressAppears(Shed.serverId(1));
        var address = shed.address(shed.server("10"));
        shed.read();
        shed.read();
        assertThat(differences()).isEmpty();

        var stray = shed.vendor.addressAppears(Shed.serverId(1));
        var lost = shed.column(address, "upstream_id");
        shed.vendor.losesAddress(lost);
        shed.read();
        assertThat(differences()).isEmpty();
        shed.read();
        assertThat(differences())
                .allMatch(one -> one.of() == OptionKind.ADDRESS)
                .extracting(VolumeRounds.Difference::kind, VolumeRounds.Difference::upstreamId)
                .containsExactlyInAnyOrder(tuple(Kind.STRAY, stray), tuple(Kind.MISSING, lost));
        assertThat(differences()).noneMatch(one -> one.upstreamId().equals(own));
    }

    @Test
    void anAddressThatCameAfterItsOrderWasGivenUpIsTold() {
        shed.publish(OptionKind.ADDRESS, "0.73");
        shed.vendor.slow(true);
        var id = Shed.done(shed.reachMore(shed.server("10")));
        shed.work(2);
        shed.read();
        shed.read();
        assertThat(differences()).isEmpty();

        shed.pass(Duration.ofHours(2));
        shed.work();
        shed.books.in(() -> shed.decisions.giveUp(id, "it does not come"));
        shed.read();
        shed.read();
        assertThat(differences()).singleElement().satisfies(one -> {
            assertThat(one.kind()).isEqualTo(Kind.STRAY);
            assertThat(one.optionId()).contains(id);
        });
    }

    private List<VolumeRounds.Difference> differences() {
        return shed.books.in(shed.rounds::differences);
    }
}
