/** What html-validate asks of every page. A rule that is switched off has its reason beside it. */
export default {
  root: true,
  extends: ["html-validate:standard", "html-validate:a11y"],
  rules: {},
};
