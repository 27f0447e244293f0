package io.tenantry.content;

import java.util.List;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.DefaultUrlSanitizer;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * Markdown (CommonMark) as HTML that may stand in a page. Tags in the text come out as text, addresses lead only to the web,
 * to mail and within the site, and headings begin below those of the page.
 */
public final class Markdown {
    /** Headings of a text stand below the page's own h1. */
    private static final int HEADING_SHIFT = 1;

    private static final int HEADING_MAX = 6;

    private static final Parser PARSER = Parser.builder().build();
    private static final HtmlRenderer RENDERER = HtmlRenderer.builder()
            .escapeHtml(true)
            .sanitizeUrls(true)
            .urlSanitizer(
                    new DefaultUrlSanitizer(List.of("http", "https", "mailto"))) // By default data: is let through.
            .omitSingleParagraphP(false)
            .build();

    private Markdown() {}

    /** The text as HTML. */
    public static String html(String markdown) {
        var document = PARSER.parse(markdown);
        document.accept(new Lowering());
        return RENDERER.render(document);
    }

    /** The words alone, for descriptions and search. */
    public static String plain(String markdown) {
        var words = new Words();
        PARSER.parse(markdown).accept(words);
        return String.join("", words.parts).strip();
    }

    private static final class Lowering extends AbstractVisitor {
        @Override
        public void visit(org.commonmark.node.Heading heading) {
            heading.setLevel(Math.min(heading.getLevel() + HEADING_SHIFT, HEADING_MAX));
            visitChildren(heading);
        }

        /** Pictures from elsewhere tell others who reads here; their words stay. */
        @Override
        public void visit(org.commonmark.node.Image image) {
            for (var child = image.getFirstChild(); child != null; child = image.getFirstChild()) {
                image.insertBefore(child);
            }
            image.unlink();
        }
    }

    private static final class Words extends AbstractVisitor {
        private final List<String> parts = new java.util.ArrayList<>();

        @Override
        public void visit(Text text) {
            parts.add(text.getLiteral());
        }

        @Override
        public void visit(Code code) {
            parts.add(code.getLiteral());
        }

        @Override
        public void visit(SoftLineBreak line) {
            parts.add(" ");
        }

        @Override
        public void visit(HardLineBreak line) {
            parts.add(" ");
        }

        @Override
        protected void visitChildren(Node parent) {
            super.visitChildren(parent);
            if (parent instanceof org.commonmark.node.Block) {
                parts.add(" ");
            }
        }
    }
}
