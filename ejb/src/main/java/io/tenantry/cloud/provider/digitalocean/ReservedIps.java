package io.tenantry.cloud.provider.digitalocean;

import io.tenantry.cloud.provider.AdditionalAddresses.Address;
import io.tenantry.cloud.provider.JsonFields;
import io.tenantry.cloud.provider.ProviderHttp;
import io.tenantry.cloud.provider.ResourceCollection;
import jakarta.json.Json;
import java.util.List;
import java.util.Optional;

/**
 * DigitalOcean's reserved IPs, one per droplet. A reserved IP stays in the account when its droplet is destroyed, leads nowhere then, and costs
 * more than before; it must therefore be released separately.
 */
record ReservedIps(ResourceCollection ips) {
    List<Address> of(String dropletId) {
        var number = String.valueOf(ProviderHttp.number(dropletId));
        return ips.all().stream()
                .filter(ip -> droplet(ip).filter(number::equals).isPresent())
                .map(ip -> address(ip, number))
                .toList();
    }

    /** The address is listed before it leads to the droplet, since the assignment is a separate action. */
    Address add(String dropletId) {
        var number = ProviderHttp.number(dropletId);
        var order = Json.createObjectBuilder().add("droplet_id", number).build();
        return address(ips.make(order), String.valueOf(number));
    }

    /** An address that leads to another droplet now belongs to that one. */
    boolean isKept(String dropletId, String address) {
        return ips.find(address)
                .filter(ip ->
                        droplet(ip).filter(other -> !other.equals(dropletId)).isEmpty())
                .isPresent();
    }

    void release(String dropletId, String address) {
        if (isKept(dropletId, address)) {
            ips.delete(address);
        }
    }

    private static Address address(JsonFields ip, String dropletId) {
        var leadsThere = droplet(ip).filter(dropletId::equals).isPresent();
        return new Address(ip.text("ip"), leadsThere && !ip.flag("locked"));
    }

    private static Optional<String> droplet(JsonFields ip) {
        return ip.maybeIn("droplet").map(droplet -> droplet.text("id"));
    }
}
