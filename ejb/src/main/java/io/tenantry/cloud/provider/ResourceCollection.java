package io.tenantry.cloud.provider;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * Resources of one kind below one path.
 *
 * @param list the name of the list in a response
 * @param one the name of a single resource in a response
 */
public record ResourceCollection(ProviderHttp api, PagedLists lists, String path, String list, String one) {
    /**
     * Returns all resources, or those that match the query.
     *
     * @param query alternating names and values
     */
    public List<JsonFields> all(String... query) {
        return lists.all(path, list, query);
    }

    /** Returns the resource with that ID, if it exists. */
    public Optional<JsonFields> find(String id) {
        return api.find(path(id)).map(answer -> answer.in(one));
    }

    /**
     * Returns the resource with that ID.
     *
     * @throws ProviderFailure NOT_FOUND if it does not exist
     */
    public JsonFields get(String id) {
        return new JsonFields(api.get(path(id))).in(one);
    }

    /** Creates a resource; never repeated. */
    public JsonFields make(JsonObject body) {
        return new JsonFields(api.post(path, body)).in(one);
    }

    /** Deletes a resource; idempotent. */
    public void delete(String id) {
        api.delete(path(id));
    }

    /** Returns the path of a resource; the ID is encoded and cannot leave the path. */
    public String path(String id) {
        return path + "/" + ProviderHttp.encode(id);
    }
}
