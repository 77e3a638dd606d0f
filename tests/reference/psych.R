# Makes tests/reference/psych/: an exam package from data that the R package psych ships, and what psych says of it.
# Needed only to make them anew (Debian: r-cran-psych 2.2.9), from the repository's root:
#
#   Rscript tests/reference/psych.R
#
# psych gives alpha, alpha without an item, item-total and item-rest correlations, skew and kurtosis of type 1. What it
# has no function for is written out here from the definitions of docs/tables.md: the split into odd and even items, and
# the 27 % groups whose boundary total is shared.
suppressMessages(library(psych))
out <- "tests/reference/psych"
dir.create(file.path(out, "papers"), recursive = TRUE, showWarnings = FALSE)

data(bfi, package = "psych")  # 2,800 people, 25 items marked 1 to 6, 508 of them blank
data(bock, package = "psych") # lsat6: 1,000 people, 5 items marked 0 or 1

id <- sprintf("%04d", seq_len(nrow(bfi)))
county <- ifelse(is.na(bfi$education), "unknown", paste("education", bfi$education))
school <- paste("gender", bfi$gender)
people <- data.frame(student_id = id, class = "all", school = school, county = county)
write.csv(people, file.path(out, "students.csv"), row.names = FALSE, quote = FALSE)
writeLines(c("[exam]", "code = psych", "name = data of the R package psych", "province = psych", "city = bfi",
             "[paper bfi]", "[paper lsat6]", "[paper quarters]"), file.path(out, "exam.ini"))

papers <- list(
  bfi = list(who = seq_len(nrow(bfi)), marks = as.matrix(bfi[, 1:25]), max = rep(6, 25)),
  # An elective: only the first 1,000 have it.
  lsat6 = list(who = 1:1000, marks = as.matrix(lsat6), max = rep(1, 5)),
  # Marks in quarters: 0.25 to 1.5.
  quarters = list(who = seq_len(nrow(bfi)), marks = as.matrix(bfi[, 6:15]) / 4, max = rep(1.5, 10)))

number <- function(x) ifelse(is.na(x), "", sprintf("%.17g", x))

# Weights of the top 27 %: k = floor(0.27 n + 0.5); above the boundary 1, at it what is left of k, shared equally.
top <- function(total) {
  k <- floor(0.27 * length(total) + 0.5)
  boundary <- sort(total, decreasing = TRUE)[k]
  (total > boundary) + (total == boundary) * (k - sum(total > boundary)) / sum(total == boundary)
}
groups <- function(x, total) {
  up <- top(total)
  down <- top(-total)
  sum(up * x) / sum(up) - sum(down * x) / sum(down)
}

paper_rows <- c()
item_rows <- c()
for (code in names(papers)) {
  paper <- papers[[code]]
  items <- colnames(paper$marks)
  write.csv(data.frame(item = items, max = paper$max), file.path(out, "papers", paste0(code, ".items.csv")),
            row.names = FALSE, quote = FALSE)
  cells <- cbind(student_id = id[paper$who], paper$marks)
  write.csv(cells, file.path(out, "papers", paste0(code, ".scores.csv")), row.names = FALSE, quote = FALSE, na = "")

  # A blank is worth 0; a row that is blank in every item would be absent (there is none).
  stopifnot(all(rowSums(!is.na(paper$marks)) > 0))
  x0 <- paper$marks
  x0[is.na(x0)] <- 0
  node_of <- cbind("psych", paste0("psych/bfi/", county), paste0("psych/bfi/", county, "/", school))[paper$who, ]
  for (node in unique(as.vector(node_of))) {
    here <- rowSums(node_of == node) > 0
    x <- x0[here, , drop = FALSE]
    total <- rowSums(x)
    n <- length(total)
    a <- suppressWarnings(suppressMessages(alpha(x, check.keys = FALSE, warnings = FALSE, max = 1000)))
    stopifnot(nrow(a$item.stats) == length(items)) # psych leaves out items without variance; here there are none
    raw <- a$total$raw_alpha
    rate <- function(share) round(share * sum(paper$max), 9) # 0.6 * 15 is to be 9
    odd <- rowSums(x[, seq(1, ncol(x), 2), drop = FALSE])
    even <- rowSums(x[, seq(2, ncol(x), 2), drop = FALSE])
    r <- cor(odd, even)
    q <- quantile(total, c(0.25, 0.5, 0.75), type = 7, names = FALSE)
    values <- c(mean(total), sd(total), min(total), q, max(total), mean(total) / sum(paper$max),
                mean(total >= rate(0.85)), mean(total >= rate(0.75)), mean(total >= rate(0.6)), mean(total < rate(0.4)),
                skew(total, type = 1), kurtosi(total, type = 1), raw, 2 * r / (1 + r), sd(total) * sqrt(1 - raw),
                groups(total, total) / sum(paper$max))
    paper_rows <- c(paper_rows, paste(c(code, node, n, number(values)), collapse = ","))
    for (j in seq_along(items)) {
      values <- c(a$item.stats$mean[j], a$item.stats$sd[j], mean(x[, j]) / paper$max[j],
                  groups(x[, j], total) / paper$max[j], a$item.stats$raw.r[j], a$item.stats$r.drop[j],
                  a$alpha.drop$raw_alpha[j], mean(x[, j] == paper$max[j]),
                  mean(!is.na(paper$marks[here, j]) & x[, j] == 0), mean(is.na(paper$marks[here, j])))
      item_rows <- c(item_rows, paste(c(code, items[j], node, n, number(values)), collapse = ","))
    }
  }
}
writeLines(c("paper,node,n,mean,sd,min,p25,median,p75,max,score_rate,excellent,good,pass,low,skewness,kurtosis,alpha,split_half,sem,discrimination",
             paper_rows), file.path(out, "expected_paper_stat.csv"))
writeLines(c("paper,item,node,n,mean,sd,difficulty,discrimination,r_total,r_rest,alpha_drop,full,zero,blank",
             item_rows), file.path(out, "expected_item_stat.csv"))
