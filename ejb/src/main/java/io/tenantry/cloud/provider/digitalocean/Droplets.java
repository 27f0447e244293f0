package io.tenantry.cloud.provider.digitalocean;

import io.tenantry.cloud.provider.JsonFields;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderHttp;
import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provider.ResourceTag;
import io.tenantry.cloud.provider.ServerSpec;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Droplets without GPUs: found, told of in our words, and made. */
record Droplets(ProviderHttp api, DigitalOceanPaging pages, DigitalOceanSshKeys keys) {
    /** Names, among a wish's options, the private network to be in; without it that is the region's default one. */
    static final String NETWORK = "vpc";

    private static final String PATH = "/v2/droplets";
    private static final String LIST = "droplets";

    /** A tag that nothing bears yet may be unknown to DigitalOcean, which is as good as no droplet. */
    List<ProviderServer> marked(ResourceTag resourceTag) {
        try {
            return servers(pages.all(PATH, LIST, "tag_name", resourceTag.text()));
        } catch (ProviderFailure failure) {
            if (failure.reason() != Reason.NOT_FOUND) {
                throw failure;
            }
            return List.of();
        }
    }

    /** Whether DigitalOcean copies its disk by the clock, which is a feature of the droplet. */
    static boolean isBackedUp(JsonFields droplet) {
        return droplet.texts("features").contains("backups");
    }

    /** The numbers of those of which that is so. */
    Set<String> backedUp() {
        return pages.all(PATH, LIST).stream()
                .filter(Droplets::isBackedUp)
                .map(droplet -> droplet.text("id"))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** As DigitalOcean tells of it. */
    Optional<JsonFields> find(String id) {
        return api.find(PATH + "/" + ProviderHttp.number(id)).map(answer -> answer.in("droplet"));
    }

    /** As DigitalOcean tells of it, if it does. */
    JsonFields get(String id) {
        return find(id).orElseThrow(() -> new ProviderFailure(Reason.NOT_FOUND, "no droplet " + id));
    }

    /**
     * Asks for a droplet. Most keys are in the account already, so the wish is sent as if all were; what DigitalOcean refused it has not made,
     * and may be asked for again once it has the keys.
     */
    ProviderServer create(ServerSpec serverSpec) {
        var order = order(serverSpec);
        try {
            return made(api.post(PATH, order), serverSpec);
        } catch (ProviderFailure refused) {
            if (refused.reason() != Reason.INVALID || !keys.addMissing(serverSpec.keys())) {
                throw refused;
            }
            return made(api.post(PATH, order), serverSpec);
        }
    }

    void delete(String id) {
        api.delete(PATH + "/" + ProviderHttp.number(id));
    }

    /** A slug, or the number of an image that has none. */
    static JsonValue image(String code) {
        return code.matches("[0-9]{1,18}") ? Json.createValue(Long.parseLong(code)) : Json.createValue(code);
    }

    static ProviderServer server(JsonFields droplet) {
        return new ProviderServer(
                droplet.text("id"),
                ResourceTag.among(droplet.texts("tags").stream()),
                droplet.text("name"),
                state(droplet.text("status"), droplet.flag("locked")),
                droplet.maybeIn("networks").map(Droplets::addresses).orElse(List.of()),
                droplet.maybeText("size_slug").orElse(""),
                droplet.maybeIn("region")
                        .flatMap(region -> region.maybeText("slug"))
                        .orElse(""),
                Optional.of(droplet.instant("created_at")));
    }

    /** An action locks a droplet while it is at work. */
    private static ProviderServer.State state(String status, boolean locked) {
        return switch (status) {
            case "new" -> ProviderServer.State.BUILDING;
            case "active" -> locked ? ProviderServer.State.BUSY : ProviderServer.State.RUNNING;
            case "off" -> locked ? ProviderServer.State.BUSY : ProviderServer.State.STOPPED;
            case "archive" -> ProviderServer.State.SUSPENDED;
            default -> ProviderServer.State.UNRECOGNISED;
        };
    }

    private static List<String> addresses(JsonFields networks) {
        return Stream.of("v4", "v6")
                .flatMap(version -> networks.each(version).stream())
                .filter(network -> network.text("type").equals("public"))
                .map(network -> network.text("ip_address"))
                .toList();
    }

    private static List<ProviderServer> servers(List<JsonFields> droplets) {
        return droplets.stream().map(Droplets::server).toList();
    }

    /** The tags are put on after the answer, says the contract, so the mark is taken from the wish. */
    private static ProviderServer made(JsonObject answer, ServerSpec serverSpec) {
        var providerServer = server(new JsonFields(answer).in("droplet"));
        return new ProviderServer(
                providerServer.id(),
                Optional.of(serverSpec.mark()),
                providerServer.name(),
                providerServer.state(),
                providerServer.addresses(),
                providerServer.size(),
                providerServer.region(),
                providerServer.createdAt());
    }

    /** Monitoring is DigitalOcean's agent on the droplet, which {@link Bandwidth} hears from. */
    private static JsonObject order(ServerSpec serverSpec) {
        var start = UserData.of(serverSpec);
        var order = Json.createObjectBuilder()
                .add("name", serverSpec.hostname())
                .add("region", serverSpec.region())
                .add("size", serverSpec.size())
                .add("image", image(serverSpec.image()))
                .add("ssh_keys", texts(start.fingerprints()))
                .add("ipv6", true)
                .add("monitoring", true)
                .add("tags", texts(List.of(serverSpec.mark().text(), start.tag())));
        serverSpec.script().ifPresent(script -> order.add("user_data", script));
        Optional.ofNullable(serverSpec.options().get(NETWORK)).ifPresent(network -> order.add("vpc_uuid", network));
        return order.build();
    }

    private static JsonArrayBuilder texts(List<String> texts) {
        var array = Json.createArrayBuilder();
        texts.forEach(array::add);
        return array;
    }
}
