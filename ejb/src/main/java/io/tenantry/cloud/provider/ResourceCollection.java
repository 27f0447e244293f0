package io.tenantry.cloud.provider;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * Things of one kind that a vendor keeps under one path.
 *
 * @param list what all of them are called in an answer
 * @param one what one of them is called in an answer
 */
public record ResourceCollection(ProviderHttp api, PagedLists lists, String path, String list, String one) {
    /**
     * All that there are, or that the query finds.
     *
     * @param query names and values in turns
     */
    public List<JsonFields> all(String... query) {
        return lists.all(path, list, query);
    }

    /** The one of that number, if there is one. */
    public Optional<JsonFields> find(String id) {
        return api.find(path(id)).map(answer -> answer.in(one));
    }

    /**
     * The one of that number.
     *
     * @throws ProviderFailure NOT_FOUND if there is none
     */
    public JsonFields get(String id) {
        return new JsonFields(api.get(path(id))).in(one);
    }

    /** Asks for one; never twice. */
    public JsonFields make(JsonObject body) {
        return new JsonFields(api.post(path, body)).in(one);
    }

    /** Gone already is fine. */
    public void delete(String id) {
        api.delete(path(id));
    }

    /** Where one of them is; whatever its number holds stays a part of that path. */
    public String path(String id) {
        return path + "/" + ProviderHttp.encode(id);
    }
}
