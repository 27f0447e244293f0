package io.tenantry.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.Resource;
import jakarta.batch.runtime.BatchRuntime;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What the application finds in the server. */
class ServerIT extends Deployments {
    @Resource(lookup = "java:/jdbc/tenantry")
    DataSource runtime;

    @Resource(lookup = "java:/jdbc/tenantry-admin")
    DataSource admin;

    @Resource(lookup = "java:/jdbc/tenantry-batch")
    DataSource batch;

    @Test
    void signsInAsThreeUsers() throws SQLException {
        assertThat(text(runtime, "select current_user")).isEqualTo("tenantry");
        assertThat(text(admin, "select current_user")).isEqualTo("tenantry_admin");
        assertThat(text(batch, "select current_user")).isEqualTo("tenantry_batch");
    }

    @Test
    void givesTheRuntimeUserNoPathAndNoRights() throws SQLException {
        assertThat(text(runtime, "select current_setting('search_path')")).isEqualTo("\"\"");
        assertThat(text(runtime, "select has_schema_privilege('batch', 'usage')::text"))
                .isEqualTo("false");
    }

    @Test
    void keepsJobsInTheDatabase() throws SQLException {
        assertThat(BatchRuntime.getJobOperator().getJobNames()).isNotNull();
        assertThat(text(batch, "select count(*) > 0 from pg_indexes where indexname = 'step_execution_job_ix'"))
                .isEqualTo("t");
    }

    private static String text(DataSource source, String query) throws SQLException {
        try (var connection = source.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
