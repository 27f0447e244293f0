package io.tenantry.people.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.testing.Database;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The predefined roles, compared with the table published for integrators. */
class RolesTest {
    private static final List<String> ROLES =
            List.of("owner", "admin", "member", "vps_manager", "hosting_manager", "support_agent", "viewer");

    /** Permission, then one column a role in the order above. */
    private static final String MATRIX = """
            vps_view        Y Y Y Y . . Y
            vps_create      Y Y Y Y . . .
            vps_delete      Y Y . . . . .
            vps_manage      Y Y Y Y . . .
            vps_console     Y Y Y Y . . .
            organization_view      Y Y Y Y Y Y Y
            notes_manage    Y Y Y . . . .
            ssh_keys_view   Y Y Y Y Y . .
            ssh_keys_manage Y Y . Y . . .
            tickets_view    Y Y Y . Y Y Y
            tickets_create  Y Y Y . Y Y .
            tickets_manage  Y Y . . . Y .
            billing_view    Y Y Y . Y . .
            billing_manage  Y . . . . . .
            egress_view     Y Y Y . Y . .
            egress_manage   Y . . . . . .
            members_manage  Y . . . . . .
            settings_manage Y Y . . . . .
            hosting_view    Y Y Y . Y Y Y
            hosting_manage  Y Y Y . Y . .
            """;

    @Test
    void organizationRolesMatchThePublishedTable() {
        var rows = Database.texts("select code from t_aurora.role where kind = 'ORGANIZATION' order by code");
        assertThat(rows).containsExactlyInAnyOrderElementsOf(ROLES);
        for (var role : ROLES) {
            assertThat(permissions(role)).as(role).containsExactlyInAnyOrderElementsOf(column(ROLES.indexOf(role)));
        }
    }

    @Test
    void rolesGrantOnlyPermissionsOfTheirKind() {
        assertThat(new HashSet<>(Permission.OF_ORGANIZATIONS)).containsAll(ofKind("ORGANIZATION"));
        assertThat(new HashSet<>(Permission.OF_STAFF)).isEqualTo(new HashSet<>(ofKind("STAFF")));
        assertThat(new HashSet<>(Permission.OF_OPERATORS)).isEqualTo(new HashSet<>(ofKind("OPERATOR")));
    }

    @Test
    void platformAndTenantsHaveTheSameRoles() {
        var all = "select code || permissions::text from %.role order by code";
        assertThat(Database.texts(all.replace("%", "platform")))
                .isEqualTo(Database.texts(all.replace("%", "t_borealis")));
    }

    private static List<String> permissions(String role) {
        return Database.texts("select unnest(permissions) from t_aurora.role where code = '" + role + "'");
    }

    private static List<String> ofKind(String kind) {
        return Database.texts("select distinct unnest(permissions) from t_aurora.role where kind = '" + kind + "'");
    }

    private static List<String> column(int role) {
        return IntStream.range(0, (int) MATRIX.lines().count())
                .mapToObj(line -> MATRIX.lines().toList().get(line).split(" +"))
                .filter(cells -> cells[role + 1].equals("Y"))
                .map(cells -> Arrays.asList(cells).get(0))
                .toList();
    }
}
