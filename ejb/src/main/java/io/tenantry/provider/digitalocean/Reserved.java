package io.tenantry.provider.digitalocean;

import io.tenantry.provider.Addresses.Address;
import io.tenantry.provider.Fields;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.VendorApi;
import jakarta.json.Json;
import java.util.List;
import java.util.Optional;

/**
 * DigitalOcean's reserved IPs, of which a droplet has one. It stays in the account when its droplet is destroyed, leads nowhere then, and costs
 * more than before: so it is given back by itself.
 */
record Reserved(VendorApi api, Pages pages) {
    private static final String PATH = "/v2/reserved_ips";

    List<Address> of(String dropletId) {
        var number = String.valueOf(Actions.number(dropletId));
        return pages.all(PATH, "reserved_ips").stream()
                .filter(ip -> droplet(ip).filter(number::equals).isPresent())
                .map(ip -> address(ip, number))
                .toList();
    }

    /** It is said to be there before it leads to the droplet: that is an action of its own. */
    Address add(String dropletId) {
        var number = Actions.number(dropletId);
        var order = Json.createObjectBuilder().add("droplet_id", number).build();
        return address(new Fields(api.post(PATH, order)).in("reserved_ip"), String.valueOf(number));
    }

    /** One that leads to another droplet is that one's by now. */
    boolean isKept(String dropletId, String address) {
        try {
            var droplet = droplet(new Fields(api.get(path(address))).in("reserved_ip"));
            return droplet.isEmpty() || droplet.get().equals(dropletId);
        } catch (ProviderFailure failure) {
            if (failure.reason() != Reason.NOT_FOUND) {
                throw failure;
            }
            return false;
        }
    }

    void release(String dropletId, String address) {
        if (isKept(dropletId, address)) {
            api.delete(path(address));
        }
    }

    private static Address address(Fields ip, String dropletId) {
        var leadsThere = droplet(ip).filter(dropletId::equals).isPresent();
        return new Address(ip.text("ip"), leadsThere && !ip.flag("locked"));
    }

    private static Optional<String> droplet(Fields ip) {
        return ip.maybeIn("droplet").map(droplet -> droplet.text("id"));
    }

    private static String path(String address) {
        return PATH + "/" + VendorApi.encode(address);
    }
}
