package io.tenantry.cloud.recording;

import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Stores recordings. Requires no permission: called by use cases that have checked it, and by work items. */
@Stateless
public class RecordingRepository {
    @Inject
    Sql sql;

    /** For the container. */
    public RecordingRepository() {}

    /** For use outside a container. */
    public RecordingRepository(Sql sql) {
        this.sql = sql;
    }

    /**
     * A recording.
     *
     * @param content sealed
     */
    public record StoredRecording(UUID id, UUID serviceId, String content) {
        /** Returns the context that it is sealed for. */
        String place() {
            return place(id);
        }

        static String place(UUID id) {
            return Tenancy.scope().label() + "/console-recording/" + id;
        }

        @Override
        public String toString() {
            return "Kept[" + id + "]";
        }
    }

    /** Returns a recording, if it still exists. */
    public Optional<StoredRecording> of(UUID id) {
        return sql.first(
                "select id, service_id, content from console_recording where id = ?", RecordingRepository::read, id);
    }

    /** Returns the IDs only, since each recording may be large. */
    public List<UUID> ids() {
        return sql.query("select id from console_recording order by id", row -> row.uuid("id"));
    }

    /** Returns the number of recordings sealed by each key. */
    public Map<String, Integer> keys() {
        return sql
                .query(
                        "select split_part(content, '.', 2) key, count(*)::int n from console_recording group by 1",
                        row -> Map.entry(row.text("key"), row.whole("n")))
                .stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Replaces the sealed content. */
    public boolean reseal(StoredRecording storedRecording, String content) {
        return sql.update(
                        "update console_recording set content = ? where id = ? and content = ?",
                        content,
                        storedRecording.id(),
                        storedRecording.content())
                > 0;
    }

    private static StoredRecording read(Row row) {
        return new StoredRecording(row.uuid("id"), row.uuid("service_id"), row.text("content"));
    }
}
