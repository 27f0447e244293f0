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

/** What a panel knows: its users, their keys and servers, and its lists, short and long. */
final class VirtFusionPanel {
    static final String SERVERS = "/servers/";

    private static final String PAGE = "200";
    private static final int PAGES_MAX = 1000;

    private final ProviderHttp api;

    VirtFusionPanel(ProviderHttp api) {
        this.api = api;
    }

    /** The number of a key that its user has already, or has from now on. What follows the key itself is a remark. */
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

    /** The number of the user with that relation. */
    Optional<String> user(String relation) {
        return find(byRelation(relation), "relStr", "true").map(one -> one.text("id"));
    }

    /** Likewise; made, if there is none. */
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

    /** With its power, for which the panel asks the hypervisor. */
    Optional<VirtFusionServer> machine(String id) {
        return find(SERVERS + id, "remoteState", "true").map(VirtFusionServer::new);
    }

    VirtFusionServer known(String id) {
        return machine(id).orElseThrow(() -> new ProviderFailure(Reason.NOT_FOUND, "no server " + id));
    }

    /** All that there are, in few words. */
    Stream<VirtFusionServer> machines() {
        return pages("/servers").stream().map(VirtFusionServer::new);
    }

    /** All of a user's; there are no pages. */
    Stream<VirtFusionServer> machinesOf(String user) {
        return list("/servers/user/" + user).stream().map(VirtFusionServer::new);
    }

    List<JsonFields> list(String path) {
        var answer = api.get(path);
        if (!answer.containsKey("data")) {
            throw new ProviderFailure(Reason.NOT_UNDERSTOOD, "no list: " + path);
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

    /** What is answered under one name, always. */
    static JsonFields data(JsonObject answer) {
        return new JsonFields(answer).in("data");
    }

    /** One of the panel's numbers, which are texts with us. */
    static long number(String code) {
        return ProviderHttp.number(code);
    }

    private static String byRelation(String relation) {
        return "/users/" + encode(relation) + "/byExtRelation";
    }
}
