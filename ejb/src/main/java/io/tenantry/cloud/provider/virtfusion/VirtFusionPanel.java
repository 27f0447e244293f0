package io.tenantry.cloud.provider.virtfusion;

import static io.tenantry.cloud.provider.ProviderHttp.encode;

import io.tenantry.cloud.provider.JsonFields;
import io.tenantry.cloud.provider.PagedLists;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderHttp;
import io.tenantry.cloud.provider.PublicKeys;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The resources of a panel: users, their keys and servers, and lists with more or less detail. */
final class VirtFusionPanel {
    static final String SERVERS = "/servers/";

    private static final String PAGE = "200";
    private static final int PAGES_MAX = 1000;

    private final ProviderHttp api;

    VirtFusionPanel(ProviderHttp api) {
        this.api = api;
    }

    /** Returns the ID of a key of the user, adding it if necessary. What follows the key itself is a comment. */
    String key(String owner, String line, String name) {
        return list("/ssh_keys/user/" + owner).stream()
                .filter(one -> PublicKeys.same(one.text("publicKey"), line))
                .findFirst()
                .orElseGet(() -> data(api.post(
                        "/ssh_keys",
                        Json.createObjectBuilder()
                                .add("userId", number(owner))
                                .add("name", name)
                                .add("publicKey", line)
                                .build())))
                .text("id");
    }

    /** Returns the ID of the user with that relation. */
    Optional<String> user(String relation) {
        return find(byRelation(relation), "relStr", "true").map(one -> one.text("id"));
    }

    /** Returns the ID of the user with that relation, creating the user if necessary. */
    String user(String relation, String name, String email) {
        return user(relation)
                .orElseGet(() -> data(api.post(
                                "/users",
                                Json.createObjectBuilder()
                                        .add("name", name)
                                        .add("email", email)
                                        .add("relStr", relation)
                                        .add("sendMail", false)
                                        .build()))
                        .text("id"));
    }

    void forgetUser(String relation) {
        api.delete(byRelation(relation) + "?relStr=true");
    }

    /** Returns a server with its power state, for which the panel queries the hypervisor. */
    Optional<VirtFusionServer> machine(String id) {
        return find(SERVERS + id, "remoteState", "true").map(VirtFusionServer::new);
    }

    VirtFusionServer known(String id) {
        return machine(id).orElseThrow(() -> new ProviderFailure(Reason.NOT_FOUND, "no server " + id));
    }

    /** Returns all servers, with few fields. */
    Stream<VirtFusionServer> machines() {
        return pages("/servers").stream().map(VirtFusionServer::new);
    }

    /** Returns all servers of a user; the list has no pages. */
    Stream<VirtFusionServer> machinesOf(String user) {
        return list("/servers/user/" + user).stream().map(VirtFusionServer::new);
    }

    List<JsonFields> list(String path) {
        var answer = api.get(path);
        if (!answer.containsKey("data")) {
            throw new ProviderFailure(Reason.INVALID_RESPONSE, "no list: " + path);
        }
        return new JsonFields(answer).each("data");
    }

    List<JsonFields> pages(String path) {
        return PagedLists.whole(
                path,
                "data",
                PAGES_MAX,
                page -> new JsonFields(api.get(path, "results", PAGE, "page", String.valueOf(page))),
                (answer, page, read) -> page >= answer.whole("last_page"));
    }

    private Optional<JsonFields> find(String path, String... query) {
        return api.find(path, query).map(answer -> answer.in("data"));
    }

    /** Returns the content of a response, which is always in the field {@code data}. */
    static JsonFields data(JsonObject answer) {
        return new JsonFields(answer).in("data");
    }

    /** Parses an ID of the panel, which is a string in our model. */
    static long number(String code) {
        return ProviderHttp.number(code);
    }

    private static String byRelation(String relation) {
        return "/users/" + encode(relation) + "/byExtRelation";
    }
}
