package io.tenantry.cloud.provider.linode;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.cloud.provider.Progress;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ResourceTag;
import io.tenantry.cloud.provider.Volumes.Volume;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinodeVolumesTest extends LinodeCase {
    private final ResourceTag resourceTag = new ResourceTag(UUID.randomUUID());

    @Test
    void createsAVolumeFoundByItsTag() {
        var made = account.createVolume(resourceTag, "eu-central", 20);

        assertThat(made.mark()).contains(resourceTag);
        assertThat(made.ready()).isFalse();
        linode.completeTasks();
        assertThat(account.volumes())
                .containsExactly(new Volume(
                        made.id(),
                        Optional.of(resourceTag),
                        LinodeVolumes.label(resourceTag),
                        20,
                        "eu-central",
                        Optional.empty(),
                        true));
    }

    @Test
    void refusesASecondVolumeWithTheSameTag() {
        account.createVolume(resourceTag, "eu-central", 20);
        assertRefused(Reason.BUSY, () -> account.createVolume(resourceTag, "eu-central", 20));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00000000-0000-0000-0000-000000000000",
                "019b1c5e-7c3e-7d5a-9f00-0123456789ab",
                "ffffffff-ffff-ffff-ffff-ffffffffffff"
            })
    void derivesAValidLabelFromEveryTag(String id) {
        assertThat(LinodeVolumes.label(new ResourceTag(UUID.fromString(id))))
                .matches("[a-z]+-[a-z0-9]+")
                .hasSizeBetween(5, 32);
    }

    @Test
    void attachesGrowsDetachesAndDeletesAVolume() {
        var server = running();
        var id = account.createVolume(resourceTag, "eu-central", 20).id();
        linode.completeTasks();

        var attached = account.attach(id, server);
        assertThat(account.progress(attached)).isEqualTo(Progress.running(50));
        linode.completeTasks();
        assertThat(account.progress(attached)).isEqualTo(Progress.done());
        assertThat(account.volumes()).extracting(Volume::serverId).containsExactly(Optional.of(server));
        assertThat(account.progress(account.attach(id, server))).isEqualTo(Progress.done());
        assertRefused(Reason.BUSY, () -> account.deleteVolume(id));

        var grown = account.grow(id, 40);
        linode.completeTasks();
        assertThat(account.progress(grown)).isEqualTo(Progress.done());
        assertThat(account.progress(account.grow(id, 40))).isEqualTo(Progress.done());
        assertThat(account.volumes()).extracting(Volume::sizeGib).containsExactly(40);
        assertRefused(Reason.INVALID, () -> account.grow(id, 30));

        var detached = account.detach(id);
        linode.completeTasks();
        assertThat(account.progress(detached)).isEqualTo(Progress.done());
        assertThat(account.progress(account.detach(id))).isEqualTo(Progress.done());

        account.deleteVolume(id);
        account.deleteVolume(id);
        assertThat(account.volumes()).isEmpty();
        assertThat(linode.calls().stream().filter(call -> call.startsWith("POST /volumes/")))
                .hasSize(4);
    }
}
