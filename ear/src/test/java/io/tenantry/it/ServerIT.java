package io.tenantry.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.batch.runtime.BatchRuntime;
import java.sql.SQLException;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The environment that the server provides to the application. */
class ServerIT extends Deployments {
    @SuppressWarnings("BanJNDI") // Names defined by us.
    private static DataSource source(String name) {
        try {
            return (DataSource) new InitialContext().lookup("java:/jdbc/" + name);
        } catch (NamingException missing) {
            throw new IllegalStateException(missing);
        }
    }

    @Test
    void signsInAsThreeUsers() throws SQLException {
        assertThat(text(source("tenantry"), "select current_user")).isEqualTo("tenantry");
        assertThat(text(source("tenantry-charging-1"), "select current_user")).isEqualTo("tenantry");
        assertThat(text(source("tenantry-admin"), "select current_user")).isEqualTo("tenantry_admin");
        assertThat(text(source("tenantry-batch"), "select current_user")).isEqualTo("tenantry_batch");
    }

    @Test
    void givesRuntimeUserNoPathAndNoRights() throws SQLException {
        assertThat(text(source("tenantry"), "select current_setting('search_path')"))
                .isEqualTo("\"\"");
        assertThat(text(source("tenantry"), "select has_schema_privilege('batch', 'usage')::text"))
                .isEqualTo("false");
    }

    @Test
    void keepsJobsInTheDatabase() throws SQLException {
        assertThat(BatchRuntime.getJobOperator().getJobNames()).isNotNull();
        assertThat(text(
                        source("tenantry-batch"),
                        "select count(*) > 0 from pg_indexes where indexname = 'step_execution_job_ix'"))
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
