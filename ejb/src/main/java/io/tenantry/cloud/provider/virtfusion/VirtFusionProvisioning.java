package io.tenantry.cloud.provider.virtfusion;

import static io.tenantry.cloud.provider.virtfusion.VirtFusionPanel.SERVERS;
import static io.tenantry.cloud.provider.virtfusion.VirtFusionPanel.data;
import static io.tenantry.cloud.provider.virtfusion.VirtFusionPanel.number;

import io.tenantry.cloud.provider.JsonFields;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderHttp;
import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provider.ResourceTag;
import io.tenantry.cloud.provider.ServerSpec;
import jakarta.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Creates servers by two requests: the first reserves a server, the second builds it.
 *
 * <p>The first takes no name, only an owner. The server is therefore reserved for a temporary user whose external relation is the resource tag: if a
 * response is lost or the process ends in between, the server can still be identified. Then the server gets the resource tag as its name and its
 * permanent owner, and the temporary user is deleted. Until it is built, it is RESERVED, and a repeated creation continues with it.
 */
final class VirtFusionProvisioning {
    private final ProviderHttp api;
    private final VirtFusionPanel virtFusionPanel;

    VirtFusionProvisioning(ProviderHttp api, VirtFusionPanel virtFusionPanel) {
        this.api = api;
        this.virtFusionPanel = virtFusionPanel;
    }

    /** The panel cannot search for a name, so the complete list is read if there is no user with that resource tag. */
    List<ProviderServer> marked(ResourceTag resourceTag) {
        var held = held(resourceTag).toList();
        var found = held.isEmpty() ? virtFusionPanel.machines().filter(named(resourceTag)) : held.stream();
        return found.flatMap(one -> virtFusionPanel.machine(one.id()).stream())
                .map(one -> one.server(Optional.of(resourceTag)))
                .toList();
    }

    ProviderServer make(ServerSpec serverSpec) {
        var resourceTag = serverSpec.mark();
        var email = option(serverSpec, VirtFusion.EMAIL);
        var owner = virtFusionPanel.user(
                option(serverSpec, VirtFusion.EXT_RELATION_ID), option(serverSpec, VirtFusion.NAME), email);
        var started = Stream.concat(
                        held(resourceTag), virtFusionPanel.machinesOf(owner).filter(named(resourceTag)))
                .findFirst();
        if (started.isPresent() && started.get().state() != ProviderServer.State.RESERVED) {
            return virtFusionPanel.known(started.get().id()).server();
        }
        var id = started.map(VirtFusionServer::id).orElseGet(() -> setAside(serverSpec, email));
        api.put(
                SERVERS + id + "/modify/name",
                Json.createObjectBuilder().add("name", resourceTag.text()).build());
        api.put(SERVERS + id + "/owner/" + owner);
        virtFusionPanel.forgetUser(resourceTag.text());
        return new VirtFusionServer(build(id, owner, serverSpec)).server();
    }

    /** Sends the second request; for a server that is built already, it is a rebuild. */
    JsonFields build(String id, String owner, ServerSpec serverSpec) {
        var keys = Json.createArrayBuilder();
        serverSpec.keys().forEach(key -> keys.add(number(virtFusionPanel.key(owner, key, serverSpec.hostname()))));
        var body = Json.createObjectBuilder()
                .add("operatingSystemId", number(serverSpec.image()))
                .add("name", serverSpec.mark().text())
                .add("hostname", serverSpec.hostname())
                .add("sshKeys", keys)
                .add("email", false) // the email would contain the root password
                .build();
        return data(api.post(SERVERS + id + "/build", body));
    }

    private String setAside(ServerSpec serverSpec, String email) {
        var body = Json.createObjectBuilder()
                .add("packageId", number(serverSpec.size()))
                .add("hypervisorId", number(serverSpec.region()))
                .add("ipv4", 1);
        // Email addresses of users must be unique; no email is ever sent there.
        var mark = serverSpec.mark().text();
        var holder = virtFusionPanel.user(mark, mark, mark + email.replaceFirst("^[^@]*", ""));
        return data(api.post("/servers", body.add("userId", number(holder)).build()))
                .text("id");
    }

    /** Returns the reserved servers that do not have their permanent owner yet. */
    private Stream<VirtFusionServer> held(ResourceTag resourceTag) {
        return virtFusionPanel.user(resourceTag.text()).stream().flatMap(virtFusionPanel::machinesOf);
    }

    private static Predicate<VirtFusionServer> named(ResourceTag resourceTag) {
        return virtFusionServer -> virtFusionServer.name().equals(resourceTag.text());
    }

    private static String option(ServerSpec serverSpec, String name) {
        var value = serverSpec.options().getOrDefault(name, "");
        if (value.isBlank()) {
            throw new ProviderFailure(Reason.INVALID, "the option " + name + " is missing");
        }
        return value;
    }
}
