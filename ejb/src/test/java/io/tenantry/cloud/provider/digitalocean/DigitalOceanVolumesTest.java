package io.tenantry.cloud.provider.digitalocean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.cloud.provider.FakeProvider;
import io.tenantry.cloud.provider.Progress;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderTask;
import io.tenantry.cloud.provider.ResourceTag;
import io.tenantry.cloud.provider.Volumes.Volume;
import io.tenantry.testing.WithinTenant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WithinTenant.class)
class DigitalOceanVolumesTest {
    private final OpenAccount open = new OpenAccount();
    private final DigitalOceanClient account = open.account;
    private final ResourceTag resourceTag = new ResourceTag(UUID.randomUUID());

    @AfterEach
    void close() {
        open.close();
    }

    @Test
    void namesAVolumeByItsTag() {
        var made = account.createVolume(resourceTag, "fra1", 10);
        assertThat(account.volumes())
                .containsExactly(made)
                .extracting(Volume::mark)
                .contains(Optional.of(resourceTag));
        assertThat(made.sizeGib()).isEqualTo(10);
        assertThat(made.region()).isEqualTo("fra1");
        assertThat(made.serverId()).isEmpty();
    }

    @Test
    void createsAVolumeOnce() {
        var made = account.createVolume(resourceTag, "fra1", 10);
        assertThat(account.createVolume(resourceTag, "fra1", 10)).isEqualTo(made);
        assertThat(account.volumes()).hasSize(1);
    }

    @Test
    void findsAVolumeByTagAfterALostResponse() {
        open.provider.failNext(FakeProvider.Fault.DONE_WITHOUT_RESPONSE);
        assertThatThrownBy(() -> account.createVolume(resourceTag, "fra1", 10))
                .isInstanceOfSatisfying(
                        ProviderFailure.class,
                        failure -> assertThat(failure.maybeDone()).isTrue());
        assertThat(account.volumes()).hasSize(1);
    }

    @Test
    void reportsOtherRefusals() {
        open.provider.refuse(422, "unprocessable_entity", "invalid size");
        assertThatThrownBy(() -> account.createVolume(resourceTag, "fra1", 0)).hasMessageContaining("invalid size");

        open.provider.refuse(403, "forbidden", "volume limit (7) has been reached. Current number of volumes: 7.");
        assertThatThrownBy(() -> account.createVolume(resourceTag, "fra1", 10))
                .isInstanceOfSatisfying(
                        ProviderFailure.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.LIMIT));
    }

    @Test
    void attachesGrowsAndDetachesAVolume() {
        var server = open.running().id();
        var id = account.createVolume(resourceTag, "fra1", 10).id();

        assertDone(account.attach(id, server));
        assertThat(onlyVolume().serverId()).contains(server);

        assertDone(account.grow(id, 20));
        assertThat(onlyVolume().sizeGib()).isEqualTo(20);

        assertDone(account.detach(id));
        assertThat(onlyVolume().serverId()).isEmpty();
    }

    @Test
    void requestsOnlyNecessaryChanges() {
        var server = open.running().id();
        var id = account.createVolume(resourceTag, "fra1", 10).id();
        assertDone(account.detach(id));
        assertDone(account.grow(id, 10));
        assertDone(account.attach(id, server));
        assertDone(account.attach(id, server));
        assertThat(open.provider.actions().types()).containsExactly("attach_volume");
    }

    @Test
    void refusesToShrinkAVolume() {
        var id = account.createVolume(resourceTag, "fra1", 10).id();
        assertThatThrownBy(() -> account.grow(id, 5))
                .isInstanceOfSatisfying(
                        ProviderFailure.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.INVALID));
    }

    @Test
    void deletesAVolumeRepeatedly() {
        var id = account.createVolume(resourceTag, "fra1", 10).id();
        account.deleteVolume(id);
        account.deleteVolume(id);
        assertThat(account.volumes()).isEmpty();
    }

    private Volume onlyVolume() {
        return account.volumes().get(0);
    }

    private void assertDone(ProviderTask providerTask) {
        open.provider.completeTasks();
        assertThat(account.progress(providerTask)).isEqualTo(Progress.done());
    }
}
