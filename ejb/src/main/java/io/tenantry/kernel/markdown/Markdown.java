package io.tenantry.kernel.markdown;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;

/**
 * Renders Markdown as safe HTML: markup in it is shown as text, links may lead to the web, to mail, to a telephone or within the site (others are reduced to their text), pictures
 * are reduced to their alternative text (they would reveal to third parties who reads the page), and the result is filtered by a list of
 * allowed elements once more.
 */
public final class Markdown {
    private static final int HEADING_MAX = 6;

    /** The maximum length of a text in characters: some fifty pages. */
    private static final int LENGTH_MAX = 200_000;

    /** The maximum number of emphasis markers in a paragraph. */
    private static final int EMPHASES_MAX = 2_000;

    /** The maximum number of tag and address markers in a paragraph. */
    private static final int TAGS_MAX = 500;

    /** Maximum opening brackets in a paragraph: images can be nested in the alternative text of images, one call deeper each. */
    private static final int BRACKETS_MAX = 500;

    /** Maximum table cells in a text: short rows are padded to the width of the header, so a small text can become millions of cells. */
    private static final int CELLS_MAX = 50_000;

    /** Maximum characters of HTML: one long link can be defined once and referenced thousands of times. */
    private static final int HTML_MAX = 2_000_000;

    /** The maximum nesting depth of elements: people stop at five. */
    private static final int DEPTH_MAX = 40;

    /** A line of markers alone, drawn as a rule; a text may have many of them. */
    private static final Pattern RULE = Pattern.compile("\\s*(?:-[-\\s]*|\\*[*\\s]*|\\.+)");

    private static final Parser PARSER =
            Parser.builder().extensions(List.of(TablesExtension.create())).build();
    private static final HtmlRenderer RENDERER = HtmlRenderer.builder()
            .extensions(List.of(TablesExtension.create()))
            .escapeHtml(true)
            .sanitizeUrls(true)
            .urlSanitizer(new OnlyKnownSchemes())
            .build();
    private static final PolicyFactory POLICY = new HtmlPolicyBuilder()
            .allowElements(
                    "h1 h2 h3 h4 h5 h6 p ul ol li strong em code pre blockquote hr br a table thead tbody tr th td"
                            .split(" ", -1))
            .allowUrlProtocols("https", "http", "mailto", "tel")
            .allowAttributes("href")
            .onElements("a")
            .allowAttributes("start")
            .onElements("ol")
            .requireRelsOnLinks("noopener", "noreferrer")
            .toFactory();

    private Markdown() {}

    /** Renders the text as a whole page: its first heading is the page's. */
    public static String page(String markdown) {
        return parsed(markdown).flatMap(Markdown::render).orElseGet(() -> plain(markdown));
    }

    /** Renders the text as a part of a page that has its own heading; the text's headings are ranked below it. */
    public static String part(String markdown) {
        return parsed(markdown).flatMap(Markdown::below).orElseGet(() -> plain(markdown));
    }

    private static Optional<String> below(Node document) {
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Heading heading) {
                heading.setLevel(Math.min(heading.getLevel() + 1, HEADING_MAX));
            }
        });
        return render(document);
    }

    /** Returns the parsed document; empty if the text is longer or deeper than anything people write, and too expensive to parse. */
    private static Optional<Node> parsed(String markdown) {
        if (markdown.length() > LENGTH_MAX
                || markdown.lines().anyMatch(Markdown::isDeep)
                || isCrowded(markdown)
                || cells(markdown) > CELLS_MAX) {
            return Optional.empty();
        }
        var document = PARSER.parse(markdown);
        return isDeep(document) ? Optional.empty() : Optional.of(document);
    }

    /** An upper bound of table cells, as if every paragraph with a vertical bar were a table as wide as its widest line. */
    private static long cells(String markdown) {
        var cells = 0L;
        var lines = 0L;
        var widest = 0L;
        for (var line : markdown.split("\r\n?|\n", -1)) {
            if (line.isBlank()) {
                cells += widest == 0 ? 0 : (widest + 1) * lines;
                lines = 0;
                widest = 0;
            } else {
                lines++;
                widest = Math.max(
                        widest, line.chars().filter(sign -> sign == '|').count());
            }
        }
        return cells + (widest == 0 ? 0 : (widest + 1) * lines);
    }

    /**
     * Whether a paragraph has more markers of emphasis, tags or links than real text has. For each opening marker the parser scans to the end
     * of the paragraph, and for each closed one it recurses one level deeper.
     */
    private static boolean isCrowded(String markdown) {
        var emphases = 0;
        var tags = 0;
        var brackets = 0;
        var isBlankLine = false;
        for (var i = 0; i < markdown.length(); i++) {
            switch (markdown.charAt(i)) {
                case '\n' -> {
                    if (isBlankLine) {
                        emphases = 0;
                        tags = 0;
                        brackets = 0;
                    }
                    isBlankLine = true;
                }
                case '*', '_' -> {
                    emphases++;
                    isBlankLine = false;
                }
                case '<' -> {
                    tags++;
                    isBlankLine = false;
                }
                case '[' -> {
                    brackets++;
                    isBlankLine = false;
                }
                case ' ', '\t', '\r' -> {}
                default -> isBlankLine = false;
            }
            if (emphases > EMPHASES_MAX || tags > TAGS_MAX || brackets > BRACKETS_MAX) {
                return true;
            }
        }
        return false;
    }

    /** Whether a line opens quotes and lists nested deeper than {@link #DEPTH_MAX}. */
    private static boolean isDeep(String line) {
        var opened = 0;
        var i = 0;
        for (; i < line.length(); i++) {
            var sign = line.charAt(i);
            if (sign == '>' || sign == '-' || sign == '*' || sign == '+' || sign == ')' || sign == '.') {
                opened++;
            } else if (!Character.isWhitespace(sign) && !Character.isDigit(sign)) {
                break;
            }
        }
        return opened > DEPTH_MAX && !RULE.matcher(line).matches();
    }

    /** Whether anything in it is nested deeper than {@link #DEPTH_MAX}; not recursive, because recursion is what makes depth dangerous. */
    private static boolean isDeep(Node document) {
        var depth = 0;
        Node next = document;
        while (next != null) {
            if (next.getFirstChild() != null) {
                if (++depth > DEPTH_MAX) {
                    return true;
                }
                next = next.getFirstChild();
            } else {
                while (next != null && next.getNext() == null) {
                    next = next.getParent();
                    depth--;
                }
                next = next == null ? null : next.getNext();
            }
        }
        return false;
    }

    /** Returns the text as it was typed, line by line. */
    private static String plain(String markdown) {
        return "<pre>" + markdown.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") + "</pre>";
    }

    /** Returns the HTML; empty if it would be longer than {@link #HTML_MAX}. */
    private static Optional<String> render(Node document) {
        document.accept(new AbstractVisitor() {
            /** Thousands of links may share one long address. */
            private final Map<String, Boolean> admitted = new HashMap<>();

            @Override
            public void visit(Image image) {
                unwrap(image);
            }

            @Override
            public void visit(Link link) {
                if (admitted.computeIfAbsent(link.getDestination(), OnlyKnownSchemes::admits)) {
                    visitChildren(link);
                } else {
                    unwrap(link);
                }
            }

            /** Replaces a node by its children, before theirs are replaced: so each node is moved once, however deep it is. */
            private void unwrap(Node node) {
                var children = new ArrayList<Node>();
                for (var child = node.getFirstChild(); child != null; child = child.getNext()) {
                    children.add(child);
                }
                children.forEach(node::insertBefore);
                node.unlink();
                children.forEach(child -> child.accept(this));
            }
        });
        var html = new Bounded();
        try {
            RENDERER.render(document, html);
        } catch (Bounded.Full tooLong) {
            return Optional.empty();
        }
        return Optional.of(POLICY.sanitize(html.text.toString()));
    }

    /** Stops the renderer when the output becomes too long. */
    private static final class Bounded implements Appendable {
        private final StringBuilder text = new StringBuilder();

        static final class Full extends RuntimeException {
            private static final long serialVersionUID = 1L;
        }

        @Override
        public Appendable append(CharSequence more) {
            return append(more, 0, more.length());
        }

        @Override
        public Appendable append(CharSequence more, int from, int to) {
            if (text.length() + (long) to - from > HTML_MAX) {
                throw new Full();
            }
            text.append(more, from, to);
            return this;
        }

        @Override
        public Appendable append(char more) {
            return append(String.valueOf(more));
        }
    }
}
