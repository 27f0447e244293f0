package io.tenantry.cloud.provider.linode;

import io.tenantry.cloud.provider.AdditionalAddresses.Address;
import io.tenantry.cloud.provider.JsonFields;
import io.tenantry.cloud.provider.ProviderHttp;
import jakarta.json.Json;
import java.util.List;

/**
 * Public IPv4 addresses of a Linode, including the one that it was created with, which cannot be released as long as it is the last. Each
 * further address is charged, and Linode requires a justification for larger numbers. The server's operating system applies it at the next
 * start.
 */
record Ips(ProviderHttp api) {
    /** Linode documents no number; this many are usually granted. */
    static final int ADDRESSES_MAX = 4;

    List<Address> of(String serverId) {
        return new JsonFields(api.get(path(serverId)))
                .in("ipv4").each("public").stream().map(Ips::address).toList();
    }

    Address add(String serverId) {
        var body = Json.createObjectBuilder().add("type", "ipv4").add("public", true);
        return address(new JsonFields(api.post(path(serverId), body.build())));
    }

    void release(String serverId, String address) {
        api.delete(path(serverId) + "/" + ProviderHttp.encode(address));
    }

    /** Linode routes it immediately. */
    private static Address address(JsonFields ip) {
        return new Address(ip.text("address"), true);
    }

    private static String path(String serverId) {
        return LinodeIds.server(serverId) + "/ips";
    }
}
