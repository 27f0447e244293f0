package io.tenantry.provider.linode;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.provider.Mark;
import io.tenantry.provider.Progress;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.Volumes.Volume;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DisksTest extends LinodeCase {
    private final Mark mark = new Mark(UUID.randomUUID());

    @Test
    void aVolumeIsMadeAndFoundByItsMark() {
        var made = account.createVolume(mark, "eu-central", 20);

        assertThat(made.mark()).contains(mark);
        assertThat(made.ready()).isFalse();
        linode.settle();
        assertThat(account.volumes())
                .containsExactly(new Volume(
                        made.id(), Optional.of(mark), Disks.label(mark), 20, "eu-central", Optional.empty(), true));
    }

    @Test
    void linodeItselfRefusesASecondVolumeOfTheSameMark() {
        account.createVolume(mark, "eu-central", 20);
        assertRefused(Reason.BUSY, () -> account.createVolume(mark, "eu-central", 20));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00000000-0000-0000-0000-000000000000",
                "019b1c5e-7c3e-7d5a-9f00-0123456789ab",
                "ffffffff-ffff-ffff-ffff-ffffffffffff"
            })
    void everyMarkHasALabelThatLinodeTakes(String id) {
        assertThat(Disks.label(new Mark(UUID.fromString(id))))
                .matches("[a-z]+-[a-z0-9]+")
                .hasSizeBetween(5, 32);
    }

    @Test
    void aVolumeIsAttachedGrownDetachedAndDeleted() {
        var server = running();
        var id = account.createVolume(mark, "eu-central", 20).id();
        linode.settle();

        var attached = account.attach(id, server);
        assertThat(account.progress(attached)).isEqualTo(Progress.running(50));
        linode.settle();
        assertThat(account.progress(attached)).isEqualTo(Progress.done());
        assertThat(account.volumes()).extracting(Volume::serverId).containsExactly(Optional.of(server));
        assertThat(account.progress(account.attach(id, server))).isEqualTo(Progress.done());
        assertRefused(Reason.BUSY, () -> account.deleteVolume(id));

        var grown = account.grow(id, 40);
        linode.settle();
        assertThat(account.progress(grown)).isEqualTo(Progress.done());
        assertThat(account.progress(account.grow(id, 40))).isEqualTo(Progress.done());
        assertThat(account.volumes()).extracting(Volume::sizeGib).containsExactly(40);
        assertRefused(Reason.INVALID, () -> account.grow(id, 30));

        var detached = account.detach(id);
        linode.settle();
        assertThat(account.progress(detached)).isEqualTo(Progress.done());
        assertThat(account.progress(account.detach(id))).isEqualTo(Progress.done());

        account.deleteVolume(id);
        account.deleteVolume(id);
        assertThat(account.volumes()).isEmpty();
        assertThat(linode.calls().stream().filter(call -> call.startsWith("POST /volumes/")))
                .hasSize(4);
    }
}
