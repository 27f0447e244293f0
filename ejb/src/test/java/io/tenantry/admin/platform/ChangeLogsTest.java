package io.tenantry.admin.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Change logs are laid out as docs/how-to/table.md describes: each table and function is found in exactly one place, which shows its owner.
 */
class ChangeLogsTest {
    private static final List<Path> ROOTS =
            List.of(Path.of("src/main/resources"), Path.of("../tenants/src/main/resources"));
    private static final List<Path> PACKAGES =
            List.of(Path.of("src/main/java/io/tenantry"), Path.of("../tenants/src/main/java/io/tenantry"));
    private static final List<String> SCHEMAS = List.of("tenant", "platform", "work");
    private static final String DISTRICT =
            "(kernel|people|catalog|billing|settlement|cloud|brand|documents|dunning|admin|demo)";
    private static final Pattern PACKAGE =
            Pattern.compile("db/(?:(?:tenant|platform)/" + DISTRICT + "|work)/([a-z]+)[.]sql");
    private static final Pattern FUNCTION =
            Pattern.compile("db/(?:tenant|platform)/" + DISTRICT + "/functions/([a-z_]+)[.]sql");
    private static final Pattern INCLUDE = Pattern.compile("<include file=\"([^\"]+)\"/>");
    private static final Pattern CHANGE = Pattern.compile("(?m)^--changeset ([^:\\s]+):(\\S+)(.*)$");
    private static final Pattern TABLE = Pattern.compile("(?m)^create table (\\w+)");
    private static final Pattern CREATE_FUNCTION = Pattern.compile("(?m)^create (?:or replace )?function (\\w+)");

    private final Map<String, String> files = files();

    @Test
    void everyFileIsInExactlyOneChangeLog() {
        var listed = new HashSet<String>();
        for (var schema : SCHEMAS) {
            assertThat(included(schema)).as(schema).doesNotHaveDuplicates();
            listed.addAll(included(schema));
        }
        assertThat(listed).isEqualTo(files.keySet());
    }

    @Test
    void everyFileBelongsToAPackageOrAFunction() {
        assertThat(files.keySet())
                .allMatch(file -> PACKAGE.matcher(file).matches()
                        || FUNCTION.matcher(file).matches());
        assertThat(packages().keySet()).hasSizeGreaterThan(40).allMatch(ChangeLogsTest::isOfAPackage);
    }

    /** {@code <district>/<package>.sql}, in the work schema {@code <package>.sql}; a district without parts, such as {@code dunning}, is its own package. */
    private static boolean isOfAPackage(String file) {
        var name = name(file);
        var folder = file.replaceFirst("/[^/]+$", "").replaceFirst(".*/", "");
        var districts = folder.equals("work") ? List.of("kernel", "billing", "workqueue") : List.of(folder);
        return PACKAGES.stream()
                .anyMatch(root -> Files.isDirectory(root.resolve(name))
                        || districts.stream()
                                .anyMatch(district ->
                                        Files.isDirectory(root.resolve(district).resolve(name))));
    }

    @Test
    void changesOfAPackageStartWithTheBaseline() {
        packages().forEach((file, text) -> {
            var changes = CHANGE.matcher(text).results().toList();
            assertThat(changes).as(file).isNotEmpty();
            assertThat(changes.get(0).group(2)).as(file).isEqualTo("baseline");
            assertThat(changes).as(file).allMatch(change -> change.group(1).equals(name(file)));
            assertThat(CREATE_FUNCTION.matcher(text).find()).as(file).isFalse();
        });
    }

    @Test
    void createsEachTableOncePerSchema() {
        for (var schema : SCHEMAS) {
            var tables = included(schema).stream()
                    .flatMap(file -> TABLE.matcher(files.get(file)).results())
                    .map(found -> found.group(1))
                    .toList();
            assertThat(tables).as(schema).hasSizeGreaterThan(5).doesNotHaveDuplicates();
        }
    }

    @Test
    void createsEachFunctionOnceInItsOwnFileWithinTheSizeLimit() {
        functions().forEach((file, text) -> {
            var changes = CHANGE.matcher(text).results().toList();
            assertThat(changes).as(file).hasSize(1);
            assertThat(changes.get(0).group(2)).as(file).isEqualTo(name(file));
            assertThat(changes.get(0).group(3)).as(file).contains("runOnChange:true splitStatements:false");
            assertThat(CREATE_FUNCTION.matcher(text).results().map(found -> found.group(1)))
                    .as(file)
                    .containsExactly(name(file));
            var header = text.lines()
                    .dropWhile(line -> !line.startsWith("--changeset"))
                    .skip(1)
                    .takeWhile(line -> line.startsWith("--"))
                    .collect(Collectors.joining("\n"));
            assertThat(header).as(file).hasSizeGreaterThan(40).containsPattern("(?m)^-- (Called by|Trigger): ");
        });
        for (var schema : SCHEMAS) {
            assertThat(included(schema).stream()
                            .filter(functions()::containsKey)
                            .map(ChangeLogsTest::name))
                    .as(schema)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void computesTheHourlyPriceInOnePlace() {
        assertThat(files.entrySet())
                .filteredOn(file -> file.getValue().contains("/ 730"))
                .extracting(Map.Entry::getKey)
                .containsExactly("db/tenant/catalog/functions/hourly_of.sql");
    }

    private Map<String, String> packages() {
        return only(PACKAGE);
    }

    private Map<String, String> functions() {
        return only(FUNCTION);
    }

    private Map<String, String> only(Pattern names) {
        var found = new TreeMap<>(files);
        found.keySet().removeIf(file -> !names.matcher(file).matches());
        return found;
    }

    private static String name(String file) {
        return file.substring(file.lastIndexOf('/') + 1, file.lastIndexOf('.'));
    }

    private static List<String> included(String schema) {
        var list = read(Path.of("src/main/resources/db", schema, "changelog.xml"));
        return INCLUDE.matcher(list).results().map(found -> found.group(1)).toList();
    }

    private static Map<String, String> files() {
        var all = new TreeMap<String, String>();
        for (var root : ROOTS) {
            for (var file : below(root.resolve("db"))) {
                all.put(root.relativize(file).toString().replace('\\', '/'), read(file));
            }
        }
        return all;
    }

    private static List<Path> below(Path folder) {
        try (Stream<Path> found = Files.walk(folder)) {
            return new ArrayList<>(
                    found.filter(file -> file.toString().endsWith(".sql")).toList());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
