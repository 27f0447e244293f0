package io.tenantry.cloud.provider.linode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.cloud.provider.AdditionalAddresses.Address;
import io.tenantry.cloud.provider.FakeProvider;
import io.tenantry.cloud.provider.ProviderFailure;
import org.junit.jupiter.api.Test;

class IpsTest extends LinodeCase {
    @Test
    void addsAnAddressThatIsReadyImmediately() {
        var id = running();
        var own = account.addresses(id).get(0).text();
        var more = account.addAddress(id);
        assertThat(more.ready()).isTrue();
        assertThat(account.addresses(id)).extracting(Address::text).containsExactly(own, more.text());
        assertThat(account.server(id).orElseThrow().addresses()).contains(own, more.text());
    }

    @Test
    void listsAnAddressAfterALostResponse() {
        var id = running();
        linode.failNext(FakeProvider.Fault.DONE_WITHOUT_RESPONSE);
        assertThatThrownBy(() -> account.addAddress(id))
                .isInstanceOfSatisfying(
                        ProviderFailure.class,
                        failure -> assertThat(failure.maybeDone()).isTrue());
        assertThat(account.addresses(id)).hasSize(2);
    }

    @Test
    void releasesAnAddressRepeatedlyButNotTheLast() {
        var id = running();
        var own = account.addresses(id).get(0).text();
        var more = account.addAddress(id).text();
        account.releaseAddress(id, more);
        account.releaseAddress(id, more);
        assertThat(account.isKept(id, more)).isFalse();
        assertThatThrownBy(() -> account.releaseAddress(id, own)).isInstanceOf(ProviderFailure.class);
        assertThat(account.isKept(id, own)).isTrue();
    }

    @Test
    void keepsNoAddressOfAMissingServer() {
        assertThat(account.isKept("4711", "203.0.113.1")).isFalse();
    }
}
