package io.tenantry.cloud.provider.digitalocean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.cloud.provider.AdditionalAddresses.Address;
import io.tenantry.cloud.provider.FakeProvider;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.testing.WithinTenant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WithinTenant.class)
class ReservedIpsTest {
    private static final String DROPLET = "3164444";

    private final OpenAccount open = new OpenAccount();
    private final DigitalOceanClient account = open.account;

    @AfterEach
    void close() {
        open.close();
    }

    @Test
    void marksAnAddressReadyOnceItIsAssigned() {
        var made = account.addAddress(DROPLET);
        assertThat(made.ready()).isFalse();
        assertThat(account.addresses(DROPLET)).isEmpty();
        open.provider.completeTasks();
        assertThat(account.addresses(DROPLET)).containsExactly(new Address(made.text(), true));
        assertThat(account.addresses("3164445")).isEmpty();
    }

    @Test
    void listsAnAddressAfterALostResponse() {
        open.provider.failNext(FakeProvider.Fault.DONE_WITHOUT_RESPONSE);
        assertThatThrownBy(() -> account.addAddress(DROPLET))
                .isInstanceOfSatisfying(
                        ProviderFailure.class,
                        failure -> assertThat(failure.maybeDone()).isTrue());
        open.provider.completeTasks();
        assertThat(account.addresses(DROPLET)).hasSize(1);
    }

    @Test
    void allowsOneAddressPerDroplet() {
        assertThat(account.addressesMax()).isEqualTo(1);
        account.addAddress(DROPLET);
        open.provider.completeTasks();
        assertThatThrownBy(() -> account.addAddress(DROPLET)).hasMessageContaining("already has a reserved IP");
    }

    @Test
    void keepsAnAddressOfADeletedDropletUntilReleased() {
        var address = account.addAddress(DROPLET).text();
        open.provider.completeTasks();
        open.provider.assign(address, Optional.empty());
        assertThat(account.addresses(DROPLET)).isEmpty();
        assertThat(account.isKept(DROPLET, address)).isTrue();
        account.releaseAddress(DROPLET, address);
        account.releaseAddress(DROPLET, address);
        assertThat(account.isKept(DROPLET, address)).isFalse();
    }

    @Test
    void doesNotReleaseAnAddressAssignedToAnotherDroplet() {
        var address = account.addAddress(DROPLET).text();
        open.provider.assign(address, Optional.of(3164445L));
        assertThat(account.isKept(DROPLET, address)).isFalse();
        account.releaseAddress(DROPLET, address);
        assertThat(account.isKept("3164445", address)).isTrue();
    }
}
