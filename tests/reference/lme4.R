# Fits mixed models with lme4 and with wuji and holds them together; run by the test reference_lme4 (label r):
#
#   Rscript tests/reference/lme4.R WUJI
#
# Data of the package mlmRev: Exam, Hsb82 (random intercept, random slope, covariates), Chem97 (schools in local
# authorities). Debian: r-cran-lme4, r-cran-mlmrev. Exit status 77 where R has them not.
wuji <- commandArgs(TRUE)[1]
for (package in c("lme4", "mlmRev")) {
  if (!suppressMessages(requireNamespace(package, quietly = TRUE))) {
    cat("SKIPPED: R has no package", package, "\n")
    quit(status = 77)
  }
}
suppressMessages({library(lme4); library(mlmRev)})
tight <- lmerControl(optimizer = "bobyqa", optCtrl = list(rhobeg = 0.02, rhoend = 1e-10, maxfun = 1e5), calc.derivs = FALSE)
folder <- tempfile("wuji-lme4-")
dir.create(folder)
misses <- 0
same <- function(what, got, want, relative, scale = 0) {
  worst <- max(abs(got - want) / pmax(abs(want), scale))
  if (!(length(got) == length(want) && worst <= relative)) {
    cat(sprintf("MISS: %s: differs by %.3g, at most %.3g allowed\n", what, worst, relative))
    misses <<- misses + 1
  }
}
read <- function(name) read.csv(file.path(folder, paste0(name, ".csv")), check.names = FALSE, colClasses = c(key = "character"))

hold <- function(name, data, formula, y, x, groups, slope = NULL, ml = FALSE) {
  # Factors as R codes them: the design's own columns, so that both have the same reference level.
  columns <- model.matrix(lme4::nobars(formula), data)
  plain <- data.frame(y = data[[y]], columns[, -1, drop = FALSE], data[groups], check.names = FALSE)
  names(plain)[seq_len(ncol(columns) - 1) + 1] <- x
  path <- file.path(folder, "data.csv")
  for (column in names(plain)) if (is.numeric(plain[[column]])) plain[[column]] <- sprintf("%.17g", plain[[column]])
  write.csv(plain, path, row.names = FALSE, quote = FALSE)
  arguments <- c("fit", "hlm", path, "--y", "y", "--x", paste(x, collapse = ","), "--group", paste(groups, collapse = "/"),
                 if (!is.null(slope)) c("--slope", slope), if (ml) "--ml", "--out", folder, "--no-bom", "--quiet")
  stopifnot(system2(wuji, shQuote(arguments)) == 0)
  fit <- suppressMessages(lmer(formula, data, REML = !ml, control = tight))
  told <- paste0(name, if (ml) " by ML: " else " by REML: ")
  fixed <- read("fixed")
  se <- unname(sqrt(diag(as.matrix(vcov(fit)))))
  same(paste0(told, "estimates"), fixed$estimate, unname(fixef(fit)), 1e-6, se)
  same(paste0(told, "standard errors"), fixed$se, se, 1e-6)
  same(paste0(told, "log likelihood"), read("fit")$loglik, as.numeric(logLik(fit)), 1e-7)
  variances <- as.data.frame(VarCorr(fit))
  ours <- read("varcomp")
  inner <- variances[order(match(sub(":.*", "", variances$grp), c(groups, "Residual"))), ]
  same(paste0(told, "variances"), ours$variance, inner$vcov, 1e-5)
  effects <- read("effects")
  for (g in seq_along(groups)) {
    level <- paste(rev(groups[seq_len(g)]), collapse = ":") # lme4 names school in lea school:lea
    theirs <- ranef(fit, condVar = TRUE)[[level]]
    own <- effects[effects$group == groups[g], ]
    keys <- vapply(strsplit(own$key, "/", fixed = TRUE), function(k) paste(rev(k), collapse = ":"), "")
    at <- match(keys, rownames(theirs))
    variance <- attr(theirs, "postVar")
    sd <- sqrt(variance[1, 1, ])[at]
    same(paste0(told, "effects of ", level), own$own, theirs[at, 1], 1e-5, sd)
    same(paste0(told, "their standard errors"), own$own_se, sd, 1e-5)
    if (!is.null(slope)) {
      sd <- sqrt(variance[2, 2, ])[at]
      same(paste0(told, "slopes"), own$slope, theirs[at, 2], 1e-5, sd)
      same(paste0(told, "their standard errors"), own$slope_se, sd, 1e-5)
    }
  }
  cat("held:", told, "\n")
}

for (ml in c(FALSE, TRUE)) {
  hold("Exam", Exam, normexam ~ standLRT + (1 | school), "normexam", "standLRT", "school", ml = ml)
  hold("Exam with slopes", Exam, normexam ~ standLRT + (standLRT | school), "normexam", "standLRT", "school",
       "standLRT:school", ml)
  hold("Exam with covariates", Exam, normexam ~ standLRT + sex + schgend + schavg + (1 | school), "normexam",
       c("standLRT", "male", "boys", "girls", "schavg"), "school", ml = ml)
  hold("Hsb82 with slopes", Hsb82, mAch ~ meanses + cses + sector + (cses | school), "mAch",
       c("meanses", "cses", "catholic"), "school", "cses:school", ml)
  hold("Chem97", Chem97, score ~ gcsecnt + age + (1 | lea / school), "score", c("gcsecnt", "age"), c("lea", "school"), ml = ml)
}
unlink(folder, recursive = TRUE)
quit(status = as.integer(misses > 0))
