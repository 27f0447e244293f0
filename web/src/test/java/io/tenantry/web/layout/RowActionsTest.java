package io.tenantry.web.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/**
 * Buttons and fields in repeated rows act on the row that was shown. Faces finds the row of a submission by its index, so the list must be the
 * one that was rendered: a bean of the request reads it again, and a row that was added meanwhile would receive the click.
 */
class RowActionsTest {
    private static final Path PAGES = Path.of("src/main/webapp");
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Set<String> REPEATS =
            Set.of("repeat", "forEach", "dataTable", "dataList", "dataGrid", "dataView", "dataScroller");
    private static final Set<String> COMPONENTS = Set.of("jakarta.faces.html", "primefaces");
    private static final Pattern ROOT = Pattern.compile("#\\{\\s*(\\w+)");
    private static final Pattern NAMED =
            Pattern.compile("@Named(?:\\(\"(\\w+)\"\\))?\\s(?:[^{;]*?\\s)?(?:abstract )?class (\\w+)");
    private static final Pattern SCOPE = Pattern.compile("^@(\\w+Scoped)$", Pattern.MULTILINE);

    /** A fixed number of empty rows: their index is their identity. */
    private static final Set<String> FIXED = Set.of("#{fees.steps}");

    /** A button or field in repeated rows, and the expression of the outermost list. */
    private record RowAction(String page, String component, String list) {}

    private static Document parsed(String text) throws Exception {
        var factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(text)));
    }

    private static List<Path> files(Path root, String ending) throws IOException {
        try (var files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }

    /** Returns the scopes of the named beans. */
    private static Map<String, String> scopes() throws IOException {
        var scopes = new HashMap<String, String>();
        for (var file : files(SOURCES, ".java")) {
            var text = Files.readString(file);
            var named = NAMED.matcher(text);
            var scope = SCOPE.matcher(text);
            if (named.find() && scope.find()) {
                var type = named.group(2);
                var name = named.group(1) == null
                        ? Character.toLowerCase(type.charAt(0)) + type.substring(1)
                        : named.group(1);
                scopes.put(name, scope.group(1));
            }
        }
        return scopes;
    }

    private static Stream<Element> children(Element element) {
        var nodes = element.getChildNodes();
        return Stream.iterate(0, at -> at < nodes.getLength(), at -> at + 1)
                .map(nodes::item)
                .filter(Element.class::isInstance)
                .map(Element.class::cast);
    }

    private static boolean acts(Element element) {
        return COMPONENTS.contains(String.valueOf(element.getNamespaceURI()))
                && element.getLocalName().matches("(command|input|select(One|Many|Boolean)).*");
    }

    private static void find(String page, Element element, String list, List<RowAction> found) {
        var isRepeat = REPEATS.contains(element.getLocalName());
        var outer = isRepeat && list.isEmpty() ? element.getAttribute("value") + element.getAttribute("items") : list;
        if (!outer.isEmpty() && acts(element)) {
            found.add(new RowAction(page, element.getLocalName(), outer));
        }
        children(element).forEach(child -> find(page, child, outer, found));
    }

    private static List<RowAction> rowActions(String page, String text) throws Exception {
        var found = new ArrayList<RowAction>();
        find(page, parsed(text).getDocumentElement(), "", found);
        return found;
    }

    /** A page or include, and a name that is defined in it. */
    private record Name(String page, String name) {}

    /** An expression, and the page or include in which it stands. */
    private record Value(String page, String expression) {}

    /** Collects the parameters that includes receive, and the short names that pages define for themselves. */
    private static void parameters(String page, Element element, Map<Name, Set<Value>> found) {
        var isInclude = "include".equals(element.getLocalName());
        var target = isInclude ? element.getAttribute("src").replaceFirst("^/", "") : page;
        children(element)
                .filter(child -> "param".equals(child.getLocalName()))
                .forEach(child -> found.computeIfAbsent(
                                new Name(target, child.getAttribute("name")), name -> new HashSet<>())
                        .add(new Value(page, child.getAttribute("value"))));
        children(element).forEach(child -> parameters(page, child, found));
    }

    /** Returns the beans that an expression starts with, also through the parameters of an include. */
    private static Set<String> beans(Value value, Map<Name, Set<Value>> parameters, Set<Name> seen) {
        var root = ROOT.matcher(value.expression());
        if (!root.find()) {
            return Set.of();
        }
        var name = new Name(value.page(), root.group(1));
        if (!parameters.containsKey(name) || !seen.add(name)) {
            return Set.of(name.name());
        }
        var all = new TreeSet<String>();
        parameters.get(name).forEach(passed -> all.addAll(beans(passed, parameters, seen)));
        return all;
    }

    private static List<String> faults(List<RowAction> actions, Map<Name, Set<Value>> parameters) throws IOException {
        var scopes = scopes();
        var faults = new ArrayList<String>();
        for (var action : actions) {
            if (FIXED.contains(action.list())) {
                continue;
            }
            for (var bean : beans(new Value(action.page(), action.list()), parameters, new HashSet<>())) {
                var scope = scopes.getOrDefault(bean, "unknown");
                if (!scope.equals("ViewScoped")) {
                    faults.add(action + ": " + bean + " is " + scope);
                }
            }
        }
        return faults;
    }

    @Test
    void rowsWithButtonsOrFieldsBelongToTheView() throws Exception {
        var actions = new ArrayList<RowAction>();
        var parameters = new HashMap<Name, Set<Value>>();
        for (var page : files(PAGES, ".xhtml")) {
            var text = Files.readString(page);
            var name = PAGES.relativize(page).toString();
            actions.addAll(rowActions(name, text));
            parameters(name, parsed(text).getDocumentElement(), parameters);
        }
        assertThat(actions).hasSizeGreaterThan(40);
        assertThat(faults(actions, parameters)).isEmpty();
    }

    @Test
    void findsButtonsOverListsOfTheRequest() throws Exception {
        var page = "<ui:composition xmlns:ui='jakarta.faces.facelets' xmlns:h='jakarta.faces.html'>"
                + "<ui:repeat value='#{page.groups}' var='group'><ui:repeat value='#{group.rows}' var='row'>"
                + "<h:commandButton action='#{other.remove(row)}' /></ui:repeat></ui:repeat></ui:composition>";
        var actions = rowActions("x", page);
        assertThat(actions).containsExactly(new RowAction("x", "commandButton", "#{page.groups}"));
        assertThat(faults(actions, passed("#{pageMessages}"))).hasSize(1);
        assertThat(faults(actions, passed("#{profilePage}"))).isEmpty();
        assertThat(faults(actions, Map.of())).singleElement().asString().contains("unknown");
    }

    private static Map<Name, Set<Value>> passed(String expression) {
        return Map.of(new Name("x", "page"), Set.of(new Value("y", expression)));
    }
}
